namespace ExpenseIQ.Features.Administration;

/// <summary>What administrators see of the site, and what they may do to accounts.</summary>
internal static class Administration
{
    public static IServiceCollection AddAdministration(this IServiceCollection services) => services
        .AddScoped<Administrators>()
        .AddAuthorizationBuilder().AddPolicy(Administrators.Policy, policy => policy.RequireAssertion(Administrators.IsOne)).Services;
}
