using System.Net;
using System.Net.Sockets;

namespace ExpenseIQ.Tests.Running;

/// <summary>
/// Stands between the program and the database's server and breaks what passes. It counts turns: one is what the program sends until
/// the server has answered, on whichever connection.
/// </summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly Lock gate = new();
    private readonly List<TcpClient> open = [];
    private readonly Uri server;
    private readonly Task accepting;
    private volatile bool isUp = true;
    private int turns;
    private int breakAt = int.MaxValue;
    private bool breaksAnswer;

    /// <param name="host">The server's host.</param>
    public Relay(string host, int port)
    {
        server = new Uri($"tcp://{host}:{port}");
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Whether the break that was ordered has happened.</summary>
    public bool HasBroken => Volatile.Read(ref breakAt) == int.MaxValue;

    /// <summary>Whether no break takes it down for good: after one the server can be reached again at once.</summary>
    public bool StaysUp { get; set; } = true;

    /// <summary>Breaks all connections at a turn from now, 1 for the next: before the server hears of it, or after it has answered and the program has not heard.</summary>
    public void BreakAt(int turn, bool answer)
    {
        lock (gate) (breakAt, breaksAnswer, turns) = (turn, answer, 0);
    }

    /// <summary>The server can't be reached.</summary>
    public void Down()
    {
        isUp = false;
        CloseAll();
    }

    public void Up()
    {
        Volatile.Write(ref breakAt, int.MaxValue);
        isUp = true;
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Dispose();
        CloseAll();
        await accepting;
        stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = PassAsync(await listener.AcceptTcpClientAsync(stopping.Token));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task PassAsync(TcpClient program)
    {
        var database = new TcpClient();
        lock (gate) open.AddRange([program, database]);
        try
        {
            if (isUp)
            {
                await database.ConnectAsync(server.Host, server.Port);
                await PassAsync(program.GetStream(), database.GetStream());
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Closed by one of them, or broken here.
        }
        lock (gate)
        {
            open.Remove(program);
            open.Remove(database);
        }
        program.Dispose();
        database.Dispose();
    }

    /// <summary>Until one of them ends it.</summary>
    private async Task PassAsync(NetworkStream program, NetworkStream database)
    {
        var answered = true;
        var asking = PumpAsync(program, database, () =>
        {
            if (!answered) return false;
            answered = false;
            return IsBreak(Interlocked.Increment(ref turns), ofAnswer: false);
        });
        var answering = PumpAsync(database, program, () =>
        {
            answered = true;
            return IsBreak(Volatile.Read(ref turns), ofAnswer: true);
        });
        await Task.WhenAny(asking, answering);
    }

    private static async Task PumpAsync(NetworkStream from, NetworkStream to, Func<bool> breaks)
    {
        var buffer = new byte[64 * 1024];
        while (await from.ReadAsync(buffer) is > 0 and var count)
        {
            if (breaks()) return;
            await to.WriteAsync(buffer.AsMemory(0, count));
        }
    }

    private bool IsBreak(int turn, bool ofAnswer)
    {
        lock (gate)
        {
            if (turn < breakAt || ofAnswer != breaksAnswer) return false;
            breakAt = int.MaxValue;
            if (!StaysUp) isUp = false;
        }
        CloseAll();
        return true;
    }

    private void CloseAll()
    {
        lock (gate)
        {
            foreach (var client in open) client.Close();
            open.Clear();
        }
    }
}
