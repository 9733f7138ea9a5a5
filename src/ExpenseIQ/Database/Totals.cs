using ExpenseIQ.Domain;

namespace ExpenseIQ.Database;

/// <summary>What a row of the table totals is the sum of; the numbers are stored.</summary>
internal static class TotalKind
{
    /// <summary>A month (bucket yyyymm).</summary>
    public const int Month = 1;

    /// <summary>A month (bucket yyyymm) and a category.</summary>
    public const int MonthAndCategory = 2;

    /// <summary>A category, of all time (bucket 0).</summary>
    public const int Category = 3;

    /// <summary>A day (bucket yyyymmdd) and a category.</summary>
    public const int DayAndCategory = 4;

    /// <summary>Level 0 of <see cref="AmountTree"/>; its other levels follow.</summary>
    public const int Amount = 16;
}

/// <summary>The key of a row of the table totals, within a user.</summary>
/// <param name="CategoryId">0 where the sum is of all categories.</param>
internal readonly record struct TotalKey(int Kind, long Bucket, long CategoryId)
{
    /// <summary>Every total that an expense belongs to.</summary>
    public static IEnumerable<TotalKey> Of(Entry entry)
    {
        yield return new TotalKey(TotalKind.Month, entry.Month.Number, 0);
        yield return new TotalKey(TotalKind.MonthAndCategory, entry.Month.Number, entry.CategoryId);
        yield return new TotalKey(TotalKind.Category, 0, entry.CategoryId);
        yield return new TotalKey(TotalKind.DayAndCategory, DayOf(entry.Date), entry.CategoryId);
        foreach (var (level, bucket) in AmountTree.PathOf(entry.Amount.Minor))
            yield return new TotalKey(TotalKind.Amount + level, bucket, 0);
    }

    /// <summary>yyyymmdd.</summary>
    public static long DayOf(DateOnly date) => date.Year * 10_000 + date.Month * 100 + date.Day;
}

/// <summary>An expense as the totals know it.</summary>
/// <param name="Text">The description, folded.</param>
internal sealed record Entry(DateOnly Date, long CategoryId, Money Amount, string Text)
{
    public Month Month => Month.Of(Date);
}
