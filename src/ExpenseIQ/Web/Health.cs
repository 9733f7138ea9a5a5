using ExpenseIQ.Database;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ExpenseIQ.Web;

/// <summary>For whatever watches the process: /health/live says that it runs, /health/ready that it can work and is not about to stop.</summary>
internal static class Health
{
    private const string NeedsDatabase = "database";

    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck<DatabaseCheck>(NeedsDatabase, timeout: TimeSpan.FromSeconds(5));
        return services;
    }

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).ShortCircuit();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Name == NeedsDatabase }).ShortCircuit();
    }

    /// <summary>A database that went away a moment ago is waited for, as its requests do; after that, others may be better off.</summary>
    private sealed class DatabaseCheck(ExpenseDatabase database, Outage outage, Draining draining) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(
            HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            if (draining.HasBegun) return HealthCheckResult.Unhealthy("stopping");
            try
            {
                return await database.PingAsync(cancellationToken) || outage.IsWorthWaiting
                    ? HealthCheckResult.Healthy()
                    : HealthCheckResult.Unhealthy("the database is away");
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                return HealthCheckResult.Unhealthy($"the database can't be used: {exception.GetType().Name}");
            }
        }
    }
}
