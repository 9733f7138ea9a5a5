using ExpenseIQ.Database;
using ExpenseIQ.Domain;

namespace ExpenseIQ.Web;

/// <summary>Forgets once a day what is too old to be of use.</summary>
internal sealed partial class Sweep(IServiceScopeFactory scopes, TimeProvider time, ILogger<Sweep> logger) : BackgroundService
{
    private const string Name = "sweep";
    private static readonly TimeSpan Look = TimeSpan.FromHours(1);
    private static readonly TimeSpan Every = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, time);
        do await SweepAsync(stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var database = scope.ServiceProvider.GetRequiredService<ExpenseDatabase>();
            var now = time.UtcNow();
            await database.RunIfDueAsync(Name, Every, now, () => ForgetAsync(database, now, cancellationToken), cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogFailure(exception);
        }
    }

    /// <summary>Whoever's it is: forms that were carried out, what no longer counts, what nobody looks up any more.</summary>
    private static async Task ForgetAsync(ExpenseDatabase database, DateTime now, CancellationToken cancellationToken)
    {
        await database.ExecuteAsync($"delete from submissions where created_at < {now.AddDays(-7)}", cancellationToken);
        await database.ExecuteAsync($"delete from sessions where expires_at < {now}", cancellationToken);
        await database.ExecuteAsync($"delete from one_time_tokens where expires_at < {now}", cancellationToken);
        await database.ExecuteAsync($"delete from guesses where at < {now.AddDays(-2)}", cancellationToken);
        await database.ExecuteAsync($"delete from devices where used_at < {now.AddYears(-1)}", cancellationToken);
        await database.ExecuteAsync($"delete from security_events where at < {now.AddYears(-1)}", cancellationToken);
    }

    [LoggerMessage(LogLevel.Warning, "What is too old could not be removed; the next try is in an hour.")]
    private partial void LogFailure(Exception exception);
}
