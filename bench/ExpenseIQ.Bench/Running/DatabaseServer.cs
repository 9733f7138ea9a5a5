using System.Globalization;

namespace ExpenseIQ.Bench.Running;

/// <summary>The throw-away server of bin/db for one engine; for the embedded database there is none.</summary>
internal sealed class DatabaseServer : IAsyncDisposable
{
    private readonly Dictionary<string, string> environment;

    private DatabaseServer(string engine, Workspace workspace)
    {
        Engine = engine;
        environment = new Dictionary<string, string> { ["EXPENSEIQ_DB_DIR"] = Path.Combine(workspace.Folder, "db") };
    }

    public string Engine { get; }

    public bool IsEmbedded => Engine == "sqlite";

    /// <summary>The server's process, or null where the program itself is the database.</summary>
    public int? Process { get; private set; }

    /// <summary>What DATABASE_URL is to be, or null.</summary>
    public string? Url { get; private set; }

    public static async Task<DatabaseServer> StartAsync(string engine, Workspace workspace, CancellationToken cancellationToken)
    {
        var server = new DatabaseServer(engine, workspace);
        if (server.IsEmbedded) return server;
        try
        {
            await server.RunAsync("start", cancellationToken);
            server.Url = await server.RunAsync("url", cancellationToken) + "/expenseiq";
            var file = Path.Combine(server.environment["EXPENSEIQ_DB_DIR"], engine, "server.pid");
            server.Process = int.Parse(await File.ReadAllTextAsync(file, cancellationToken), CultureInfo.InvariantCulture);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!IsEmbedded) await RunAsync("stop", CancellationToken.None);
    }

    private Task<string> RunAsync(string command, CancellationToken cancellationToken) =>
        Command.RunAsync(["bin/db", Engine, command], Workspace.Root, environment, cancellationToken);
}
