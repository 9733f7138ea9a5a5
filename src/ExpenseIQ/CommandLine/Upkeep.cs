using ExpenseIQ.Database;
using ExpenseIQ.Database.Tables;
using ExpenseIQ.Domain;
using ExpenseIQ.Features.Expenses;
using ExpenseIQ.Web;
using Microsoft.AspNetCore.Identity;

namespace ExpenseIQ.CommandLine;

/// <summary>The verbs that work on the database and stop.</summary>
internal static class Upkeep
{
    public static Task<int> MigrateAsync(CancellationToken cancellationToken) =>
        WithServicesAsync(
            async (_, _) =>
            {
                await Console.Out.WriteLineAsync("The schema is up to date.");
                return 0;
            },
            cancellationToken);

    public static Task<int> VerifyAsync(CancellationToken cancellationToken) =>
        WithServicesAsync(
            async (services, token) =>
            {
                var findings = await services.GetRequiredService<Verification>().RunAsync(token);
                foreach (var finding in findings) await Console.Out.WriteLineAsync(finding);
                await Console.Out.WriteLineAsync(findings.Count == 0 ? "Everything agrees." : $"{findings.Count} findings.");
                return findings.Count == 0 ? 0 : 1;
            },
            cancellationToken);

    public static Task<int> GenerateAsync(
        string username, string password, int expenses, int months, int seed, CancellationToken cancellationToken) =>
        WithServicesAsync(
            async (services, token) =>
            {
                var user = await FindOrCreateAsync(services, username, password);
                var time = services.GetRequiredService<TimeProvider>();
                var database = services.GetRequiredService<ExpenseDatabase>();
                await ExampleExpenses.AddAsync(database, user.Id, new ExampleExpenses(seed, months).Generate(expenses, time.Today(Locales.TimeZone(user.TimeZone))), time.UtcNow(), token);
                await Console.Out.WriteLineAsync($"{expenses} expenses over {months} months were added to {user.Username}.");
                return 0;
            },
            cancellationToken);

    private static async Task<User> FindOrCreateAsync(IServiceProvider services, string username, string password)
    {
        var users = services.GetRequiredService<UserManager<User>>();
        if (await users.FindByNameAsync(username) is { } existing)
        {
            return await users.CheckPasswordAsync(existing, password)
                ? existing
                : throw new CommandException($"There is a user {username} with another password.");
        }
        return await ExampleAccount.CreateAsync(services, username, password);
    }

    /// <summary>Runs a verb's work with the program's services, on a database that is up to date.</summary>
    public static async Task<int> WithServicesAsync(
        Func<IServiceProvider, CancellationToken, Task<int>> work, CancellationToken cancellationToken)
    {
        await using var app = Program.Build(Settings.FromEnvironment());
        await Serving.PrepareAsync(app, cancellationToken);
        await using var scope = app.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider, cancellationToken);
    }
}
