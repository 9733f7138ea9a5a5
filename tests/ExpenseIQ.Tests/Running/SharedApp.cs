using ExpenseIQ.Tests.Running;

[assembly: AssemblyFixture(typeof(SharedApp))]

namespace ExpenseIQ.Tests.Running;

/// <summary>The app that most tests talk to; each test brings people of its own, so that they do not see each other's rows.</summary>
public sealed class SharedApp : IAsyncLifetime
{
    private readonly ScratchDatabase database = new();
    private RunningApp? app;

    internal RunningApp App => app ?? throw new InvalidOperationException("The app has not started.");

    internal ScratchDatabase Database => database;

    /// <summary>Another instance on the same database, with a clock or settings of its own.</summary>
    internal Task<RunningApp> StartAnotherAsync(TimeProvider? time = null, Func<Settings, Settings>? change = null) =>
        RunningApp.StartAsync(change is null ? database.Settings : change(database.Settings), time);

    public async ValueTask InitializeAsync() => app = await RunningApp.StartAsync(database.Settings);

    public async ValueTask DisposeAsync()
    {
        if (app is not null) await app.DisposeAsync();
        await database.DisposeAsync();
    }
}
