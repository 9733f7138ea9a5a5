namespace ExpenseIQ.Features.OwnAccount;

/// <summary>What an owner does with the account as a whole: another address, everything to take along, the end of it.</summary>
internal static class OwnAccount
{
    public static IServiceCollection AddOwnAccount(this IServiceCollection services) => services
        .AddScoped<EmailAddresses>()
        .AddScoped<AccountDocument>()
        .AddScoped<Departures>()
        .AddHostedService<Removal>();
}
