using ExpenseIQ.Database;
using ExpenseIQ.Database.Tables;
using ExpenseIQ.Domain;
using ExpenseIQ.Features.Expenses;
using ExpenseIQ.Web;
using Microsoft.AspNetCore.Identity;

namespace ExpenseIQ.CommandLine;

/// <summary>The demo account: two years of expenses of somebody who rents, cooks, commutes and travels.</summary>
internal static class Demo
{
    public const string Username = "demo";
    public const string Password = "demo-of-expenseiq";
    private const int Months = 25;
    private const int Expenses = 1450;
    private const int Seed = 7;

    /// <summary>Makes the account where it is not there yet; what a visitor did with it stays.</summary>
    public static async Task PrepareAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<UserManager<User>>().FindByNameAsync(Username) is not null) return;
        var user = await ExampleAccount.CreateAsync(scope.ServiceProvider, Username, Password);
        var time = scope.ServiceProvider.GetRequiredService<TimeProvider>();
        var database = scope.ServiceProvider.GetRequiredService<ExpenseDatabase>();
        var examples = new ExampleExpenses(Seed, Months).Generate(Expenses, time.Today(Locales.TimeZone(user.TimeZone)));
        await ExampleExpenses.AddAsync(database, user.Id, examples, time.UtcNow(), cancellationToken);
    }
}
