namespace ExpenseIQ.Tests.Running;

/// <summary>A database with the schema and nothing else, for the tests of one class.</summary>
public sealed class MigratedDatabase : IAsyncLifetime
{
    internal ScratchDatabase Database { get; } = new();

    public async ValueTask InitializeAsync() => await Database.MigrateAsync();

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}
