using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace ExpenseIQ.Failover;

/// <summary>What the people saw.</summary>
internal sealed class Journal
{
    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<string, int> errors = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> findings = new();
    private long last;
    private TimeSpan longestGap;
    private int writes;
    private int reads;

    public int Lost { get; private set; }

    public int Duplicates { get; private set; }

    public int Wrong { get; private set; }

    public IEnumerable<string> Findings => findings;

    /// <summary>One line: the longest time without a write that succeeded, what was answered, what is missing, twice or otherwise than it should be.</summary>
    public string Summary => string.Create(
        CultureInfo.InvariantCulture,
        $"gap={longestGap.TotalSeconds:0.00} writes={writes} reads={reads} errors={errors.Values.Sum()} kinds={Kinds} lost={Lost} duplicates={Duplicates} wrong={Wrong}");

    private string Kinds => errors.IsEmpty ? "-" : string.Join(',', errors.OrderBy(kind => kind.Key, StringComparer.Ordinal).Select(kind => $"{kind.Key}:{kind.Value}"));

    public void Start() => last = Stopwatch.GetTimestamp();

    public void Stop() => Acknowledge(counts: false);

    public void Acknowledged() => Acknowledge(counts: true);

    public void Read() => Interlocked.Increment(ref reads);

    public void Failed(string kind) => errors.AddOrUpdate(kind, 1, (_, count) => count + 1);

    public void IsLost(string what) => Find("lost", what, () => Lost++);

    public void IsTwice(string what) => Find("twice", what, () => Duplicates++);

    public void IsWrong(string what) => Find("wrong", what, () => Wrong++);

    private void Find(string kind, string what, Action count)
    {
        lock (gate) count();
        findings.Enqueue($"{kind}: {what}");
    }

    private void Acknowledge(bool counts)
    {
        lock (gate)
        {
            var now = Stopwatch.GetTimestamp();
            var gap = Stopwatch.GetElapsedTime(last, now);
            if (gap > longestGap) longestGap = gap;
            last = now;
            if (counts) writes++;
        }
    }
}
