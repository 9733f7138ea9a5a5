using ExpenseIQ.Database;
using ExpenseIQ.Domain;

namespace ExpenseIQ.Features.Expenses;

/// <summary>Forgets, at the start and once a day, the forms that were carried out more than a week ago. Harmless when several instances do it.</summary>
internal sealed class SubmissionSweep(IServiceScopeFactory scopes, TimeProvider time, ILogger<SubmissionSweep> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromDays(1);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        do await SweepAsync(stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var database = scope.ServiceProvider.GetRequiredService<ExpenseDatabase>();
            var limit = time.UtcNow() - Kept;
            await database.WriteAsync(
                _ => database.ExecuteAsync($"delete from submissions where created_at < {limit}", cancellationToken),
                cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.LogWarning(exception, "Old submissions could not be removed; the next try is tomorrow.");
        }
    }
}
