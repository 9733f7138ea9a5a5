using ExpenseIQ.Database;
using ExpenseIQ.Domain;

namespace ExpenseIQ.Features.Expenses;

/// <summary>Forgets once a day the forms that were carried out more than a week ago.</summary>
internal sealed partial class SubmissionSweep(IServiceScopeFactory scopes, TimeProvider time, ILogger<SubmissionSweep> logger) : BackgroundService
{
    private const string Name = "forget-submissions";
    private static readonly TimeSpan Look = TimeSpan.FromHours(1);
    private static readonly TimeSpan Every = TimeSpan.FromDays(1);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);

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
            await database.RunIfDueAsync(
                Name,
                Every,
                now,
                () => database.ExecuteAsync($"delete from submissions where created_at < {now - Kept}", cancellationToken),
                cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogFailure(exception);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Old submissions could not be removed; the next try is in an hour.")]
    private partial void LogFailure(Exception exception);
}
