using MySqlConnector;

namespace ExpenseIQ.Database.Dialects;

/// <summary>
/// The servers that may hold the data, each with a pool of its own, and which of them takes writes. One server is taken as it is
/// (behind it may be a proxy that follows the primary); of several the primary is looked for when none is known, when somebody
/// doubts it, and once a second, so that nobody reads for long from one that was demoted.
/// </summary>
internal sealed class MySqlServers : IAsyncDisposable
{
    private static readonly TimeSpan Watch = TimeSpan.FromSeconds(1);

    private readonly IReadOnlyList<MySqlServer> servers;
    private readonly CancellationTokenSource stopping = new();
    private readonly Lock searching = new();
    private readonly Task watching;

    private volatile MySqlServer? primary;
    private Task<MySqlServer>? search;

    public MySqlServers(MySqlSettings settings, Func<MySqlConnection, CancellationToken, ValueTask> prepare)
    {
        servers = [.. settings.Servers.Select(address => new MySqlServer(settings, address, settings.Servers.Count > 1, prepare))];
        if (servers is [var only]) primary = only;
        watching = servers.Count > 1 ? Task.Run(WatchAsync) : Task.CompletedTask;
    }

    /// <summary>The server that takes writes.</summary>
    /// <exception cref="NoPrimaryException">None of the servers does.</exception>
    public ValueTask<MySqlServer> FindAsync(CancellationToken cancellationToken)
    {
        if (primary is { } known) return new(known);
        Task<MySqlServer> running;
        lock (searching) running = search ??= SearchAsync();
        return new(running.WaitAsync(cancellationToken));
    }

    /// <summary>Something failed there that says that the server is lost or demoted: its idle connections are of no use.</summary>
    public async ValueTask DoubtAsync(MySqlServer server)
    {
        if (servers.Count > 1 && primary == server) primary = null;
        await server.ForgetConnectionsAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await watching;
        foreach (var server in servers) await server.DisposeAsync();
        stopping.Dispose();
    }

    /// <summary>One search at a time, whoever waits for it.</summary>
    private async Task<MySqlServer> SearchAsync()
    {
        await Task.Yield(); // the caller holds the lock
        try
        {
            var found = await AskAllAsync();
            primary = found;
            return found;
        }
        finally
        {
            lock (searching) search = null;
        }
    }

    /// <summary>
    /// Asks all at once. The primary of a group is the only one and needs no waiting for the others; of servers that each take writes
    /// it is the first in the order of the settings, so that all instances write to the same.
    /// </summary>
    private async Task<MySqlServer> AskAllAsync()
    {
        var answers = servers.Select(server => server.AskAsync(stopping.Token)).ToArray();
        await foreach (var answer in Task.WhenEach(answers))
        {
            if (await answer is ServerRole.OnlyPrimary) return servers[Array.IndexOf(answers, answer)];
            for (var index = 0; index < answers.Length && answers[index].IsCompleted; index++)
                if (await answers[index] is ServerRole.Writable) return servers[index];
        }
        throw new NoPrimaryException();
    }

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(Watch);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping.Token))
            {
                if (primary is { } known && await known.AskAsync(stopping.Token) is ServerRole.None) await DoubtAsync(known);
            }
        }
        catch (OperationCanceledException)
        {
            // The program stops.
        }
    }
}

/// <summary>What a server is among several.</summary>
internal enum ServerRole
{
    /// <summary>It does not answer, only reads, or has lost the majority of its group.</summary>
    None,

    /// <summary>It takes writes, and so may others.</summary>
    Writable,

    /// <summary>It is the primary of its group, which has no other.</summary>
    OnlyPrimary,
}

/// <summary>None of the servers takes writes at the moment.</summary>
internal sealed class NoPrimaryException() : Exception("None of the servers of MYSQL_HOST takes writes: no primary with a majority was found.");
