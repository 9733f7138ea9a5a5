using ExpenseIQ.Database.Tables;
using ExpenseIQ.Features.Accounts;

namespace ExpenseIQ.CommandLine;

/// <summary>The verbs that let somebody in again who lost the password or the app. Whoever may run them is taken to know who asks.</summary>
internal static class Rescue
{
    public static Task<int> PasswordLinkAsync(string name, CancellationToken cancellationToken) => Upkeep.WithServicesAsync(
        async (services, _) =>
        {
            var (user, settings) = (await FindAsync(services, name), services.GetRequiredService<Settings>());
            var token = await services.GetRequiredService<OneTimeTokens>().CreateAsync(user.Id, OneTimePurpose.NewPassword, "", OneTimeLink.Lasts, replaces: false);
            await services.GetRequiredService<SecurityLog>().RecordAsync(user.Id, SecurityEvent.PasswordLinkSent, Visitor.CommandLine, tell: false);
            var site = settings.BaseUrl ?? HealthQuestion.AddressOf(settings);
            await Console.Out.WriteLineAsync(OneTimeLink.ToNewPassword(site, token));
            return 0;
        },
        cancellationToken);

    public static Task<int> CodesOffAsync(string name, CancellationToken cancellationToken) => Upkeep.WithServicesAsync(
        async (services, _) =>
        {
            var user = await FindAsync(services, name);
            if (!user.AsksForCode) throw new CommandException($"{user.Username} is asked for no codes.");
            await services.GetRequiredService<Codes>().TurnOffAsync(user.Id, Visitor.CommandLine);
            await Console.Out.WriteLineAsync($"{user.Username} is asked for no codes any more.");
            return 0;
        },
        cancellationToken);

    private static async Task<User> FindAsync(IServiceProvider services, string name) =>
        await services.GetRequiredService<SignInSteps>().FindAsync(name) ?? throw new CommandException($"There is no user {name}.");
}
