using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ExpenseIQ.Bench.Running;

/// <summary>The published program with a database: what it is started with.</summary>
internal sealed class Installation(Workspace workspace, DatabaseServer server)
{
    public DatabaseServer Server => server;

    public string DataFolder => workspace.DataOf(server.Engine);

    public string LogFile => Path.Combine(workspace.Folder, $"{server.Engine}.log");

    public string ScriptFolder => workspace.Folder;

    public string Program => workspace.Program;

    /// <summary>Fills an account by the program's own verb.</summary>
    public Task GenerateAsync(Account account, CancellationToken cancellationToken) => Command.RunAsync(
        [
            Program, "generate", "--user", account.Name, "--password", Account.Password, "--expenses", Text(account.Expenses),
            "--months", Text(account.Months), "--seed", Text(account.Seed),
        ],
        workspace.Folder,
        Environment(isCached: true, port: 0),
        cancellationToken);

    public Task<RunningProgram> StartAsync(bool isCached, CancellationToken cancellationToken)
    {
        var port = FreePort();
        // The log goes straight to its file, so that reading it costs no CPU here.
        var start = Command.StartInfo(
            ["/bin/sh", "-c", "exec \"$0\" >>\"$1\" 2>&1", Program, LogFile], workspace.Folder, Environment(isCached, port));
        return RunningProgram.StartAsync(start, port, this, cancellationToken);
    }

    private Dictionary<string, string> Environment(bool isCached, int port)
    {
        var environment = new Dictionary<string, string>
        {
            ["PORT"] = Text(port),
            ["DATA_DIR"] = DataFolder,
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["BCRYPT_COST"] = "10",
        };
        if (server.Url is { } url) environment["DATABASE_URL"] = url;
        if (!isCached) environment["CACHE_MB"] = "0";
        return environment;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
