using ExpenseIQ.Tests.Running;

namespace ExpenseIQ.Tests.Security;

/// <summary>An app that nobody else talks to, so that whatever it logs as an error happened here; its administrator is somebody else.</summary>
public sealed class QuietSite : IAsyncLifetime
{
    private RunningApp? app;

    internal RunningApp App => app ?? throw new InvalidOperationException("The app has not started.");

    internal ScratchDatabase Database { get; } = new();

    public async ValueTask InitializeAsync()
    {
        app = await RunningApp.StartAsync(Database.Settings);
        using var administrator = await app.OpenAsNewUserAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null) await app.DisposeAsync();
        await Database.DisposeAsync();
    }
}
