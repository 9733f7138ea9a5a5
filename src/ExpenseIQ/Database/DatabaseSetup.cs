using ExpenseIQ.Database.Dialects;

namespace ExpenseIQ.Database;

/// <summary>Registers the database that the settings choose.</summary>
public static class DatabaseSetup
{
    public static IServiceCollection AddDatabase(this IServiceCollection services, Settings settings)
    {
        services.AddSingleton(_ => Choose(settings));
        services.AddSingleton(new Outage(Outage.UsualPatience));
        services.AddSingleton<Migrator>();
        services.AddScoped<ExpenseDatabase>();
        services.AddScoped<Verification>();
        return services;
    }

    private static Dialect Choose(Settings settings) => settings.MySql is { } server
        ? new MySqlDialect(server)
        : new SqliteDialect(Path.Combine(settings.DataDirectory, "expenseiq.db"));
}
