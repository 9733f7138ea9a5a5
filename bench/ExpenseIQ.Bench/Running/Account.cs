namespace ExpenseIQ.Bench.Running;

/// <summary>An account to measure with.</summary>
/// <param name="Size">How the tables name it: 1k, 10k, …</param>
internal sealed record Account(string Size, string Name, int Expenses, int Months, int Seed)
{
    public const string Password = "bench-bench";

    public static readonly Account Thousand = new("1k", "bench1k", 1_000, 24, 1);
    public static readonly Account TenThousand = new("10k", "bench10k", 10_000, 60, 2);
    public static readonly Account HundredThousand = new("100k", "bench100k", 100_000, 240, 3);
    public static readonly Account Million = new("1m", "bench1m", 1_000_000, 240, 4);

    /// <summary>Ten more users of a million expenses each.</summary>
    public static IEnumerable<Account> Neighbours => Enumerable.Range(1, 10).Select(number => Million with { Name = $"bench1m_beside{number}", Seed = 10 + number });

    public DateOnly FirstDay => new DateOnly(Today.Year, Today.Month, 1).AddMonths(1 - Months);

    /// <summary>The first day of the month in the middle.</summary>
    public DateOnly MiddleMonth => FirstDay.AddMonths(Months / 2);

    /// <summary>Generated accounts live in this machine's time zone.</summary>
    public static DateOnly Today { get; } = DateOnly.FromDateTime(DateTime.Today);
}
