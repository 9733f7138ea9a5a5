namespace ExpenseIQ.Tests.Running;

/// <summary>A site at /money of a host, on a database of its own; its administrator is somebody else.</summary>
public sealed class SiteBelowAPath : IAsyncLifetime
{
    public const string Path = "/money";
    private RunningApp? app;

    internal RunningApp App => app ?? throw new InvalidOperationException("The app has not started.");

    internal ScratchDatabase Database { get; } = new();

    internal Settings Settings => Database.Settings with { BaseUrl = new Uri("http://127.0.0.1" + Path) };

    public async ValueTask InitializeAsync()
    {
        app = await RunningApp.StartAsync(Settings);
        using var administrator = await app.OpenAsNewUserAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null) await app.DisposeAsync();
        await Database.DisposeAsync();
    }
}
