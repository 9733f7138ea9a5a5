using ExpenseIQ.Tests.Running;
using Microsoft.Extensions.Time.Testing;

namespace ExpenseIQ.Tests.Features.Analytics;

/// <summary>An app whose clock stands still in the middle of November 2024.</summary>
public sealed class NovemberApp(SharedApp shared) : IAsyncLifetime
{
    private RunningApp? app;

    internal RunningApp App => app ?? throw new InvalidOperationException("The app has not started.");

    internal SharedApp Shared => shared;

    public async ValueTask InitializeAsync() =>
        app = await shared.StartAnotherAsync(new FakeTimeProvider(new DateTimeOffset(2024, 11, 15, 12, 0, 0, TimeSpan.Zero)));

    public ValueTask DisposeAsync() => app?.DisposeAsync() ?? default;
}
