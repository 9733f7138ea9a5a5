namespace ExpenseIQ.Web;

/// <summary>
/// A stop that nobody notices: told to stop, the program answers on for <see cref="Settings.Drain"/> while /health/ready says no and
/// each answer closes its connection, so that a proxy has sent everything elsewhere by the time nothing is accepted any more. What is
/// in flight then is finished.
/// </summary>
internal sealed class Draining(Settings settings) : IHostedLifecycleService
{
    /// <summary>What is in flight when nothing is accepted any more has this long.</summary>
    public static readonly TimeSpan Finish = TimeSpan.FromSeconds(30);

    /// <summary>Whether the program was told to stop.</summary>
    public bool HasBegun { get; private set; }

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        HasBegun = true;
        return Task.Delay(settings.Drain, cancellationToken);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
