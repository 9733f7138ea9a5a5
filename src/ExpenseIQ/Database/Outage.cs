using System.Diagnostics;

namespace ExpenseIQ.Database;

/// <summary>
/// Whether the database is away, and since when. A failover takes some seconds, which a request waits out; once the database has been
/// away for longer than that, the next requests are told at once.
/// </summary>
public sealed class Outage(TimeSpan patience)
{
    /// <summary>What the program takes as its patience: a cluster elects another primary within 10 seconds.</summary>
    public static readonly TimeSpan UsualPatience = TimeSpan.FromSeconds(15);

    /// <summary>When it was first seen to be away, a timestamp of the stopwatch; 0 while it answers.</summary>
    private long since;

    /// <summary>How long a request waits for a database that went away.</summary>
    public TimeSpan Patience => patience;

    /// <summary>Whether what failed should be tried again.</summary>
    public bool IsWorthWaiting
    {
        get
        {
            var start = Volatile.Read(ref since);
            return start == 0 || Stopwatch.GetElapsedTime(start) < patience;
        }
    }

    /// <summary>It did not answer.</summary>
    public void Begin() => Interlocked.CompareExchange(ref since, Stopwatch.GetTimestamp(), 0);

    /// <summary>It answered.</summary>
    public void End()
    {
        if (Volatile.Read(ref since) != 0) Volatile.Write(ref since, 0);
    }
}
