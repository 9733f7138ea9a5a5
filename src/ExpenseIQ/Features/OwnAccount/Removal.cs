using ExpenseIQ.Domain;

namespace ExpenseIQ.Features.OwnAccount;

/// <summary>
/// Goes on with deleting accounts whose owners left: what was too much for the request that asked for it, or was interrupted. Every
/// instance does it; two at the same account do no harm.
/// </summary>
internal sealed partial class Removal(IServiceScopeFactory scopes, TimeProvider time, ILogger<Removal> logger) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, time);
        do await RemoveAllAsync(stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task RemoveAllAsync(CancellationToken cancellationToken)
    {
        // Whoever left just now is looked after by the request that asked for it.
        var before = time.UtcNow() - 2 * Departures.AtOnce;
        var left = new List<long>();
        await TryAsync(async departures => left = await departures.ListAsync(before, cancellationToken));
        foreach (var userId in left) await TryAsync(departures => departures.RemoveAsync(userId, Timeout.InfiniteTimeSpan, cancellationToken));
    }

    /// <summary>One account that can't be removed does not keep the others.</summary>
    private async Task TryAsync(Func<Departures, Task> work)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await work(scope.ServiceProvider.GetRequiredService<Departures>());
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogFailure(exception);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The rows of an account that its owner deleted could not be removed; the next try is in a minute.")]
    private partial void LogFailure(Exception exception);
}
