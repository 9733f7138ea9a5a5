using ExpenseIQ.Bench.Running;

namespace ExpenseIQ.Bench.Measuring;

/// <summary>How much is measured.</summary>
internal sealed record Plan
{
    public required IReadOnlyList<Account> Accounts { get; init; }

    /// <summary>Accounts that are only there.</summary>
    public IReadOnlyList<Account> Neighbours { get; init; } = [];

    public required Rounds Computed { get; init; }

    public required Rounds Cached { get; init; }

    public required Rounds Writes { get; init; }

    /// <summary>How long the mixed load lasts after which memory is looked at.</summary>
    public required TimeSpan MixedLoad { get; init; }

    public static Plan Of(bool full, double? seconds) => full
        ? new Plan
        {
            Accounts = [Account.Thousand, Account.TenThousand, Account.HundredThousand, Account.Million],
            Neighbours = [.. Account.Neighbours],
            Computed = Rounds.Of(5, seconds ?? 3.5),
            Cached = Rounds.Of(5, seconds ?? 3.5),
            Writes = Rounds.Of(5, seconds ?? 3.5),
            MixedLoad = TimeSpan.FromSeconds(60),
        }
        : new Plan
        {
            Accounts = [Account.Thousand, Account.TenThousand, Account.HundredThousand],
            Computed = Rounds.Of(4, seconds ?? 0.8),
            Cached = Rounds.Of(2, seconds ?? 0.4),
            Writes = Rounds.Of(4, seconds ?? 0.8),
            MixedLoad = TimeSpan.FromSeconds(15),
        };
}

/// <summary>How often and how long each size is measured; the sizes take turns.</summary>
internal sealed record Rounds(int Count, TimeSpan Length)
{
    /// <summary>Of a total number of seconds; wrk looks ten times a second whether it is stopped.</summary>
    public static Rounds Of(int count, double seconds) => new(count, TimeSpan.FromSeconds(Math.Max(seconds / count, 0.1)));
}
