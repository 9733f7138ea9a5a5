using ExpenseIQ.Domain;

namespace ExpenseIQ.Features.Analytics;

public sealed record MonthSum(Month Month, Money Total);

public sealed record CategorySum(long Id, string Name, Money Total);

public sealed record RecentExpense(long Id, Money Amount, string Description, DateOnly Date, long CategoryId, string Category);

/// <summary>Where the money went in a month, beside the months before it.</summary>
/// <param name="Month">The month that is looked at.</param>
/// <param name="Today">The user's calendar day.</param>
/// <param name="Monthly">The last 12 months up to <paramref name="Month"/> that have expenses, oldest first.</param>
/// <param name="Categories">The month's categories, largest first.</param>
/// <param name="Recent">The newest five by date, then id, of whatever month.</param>
public sealed record Analytics(
    Month Month,
    DateOnly Today,
    IReadOnlyList<MonthSum> Monthly,
    IReadOnlyList<CategorySum> Categories,
    IReadOnlyList<RecentExpense> Recent)
{
    /// <summary>The largest five of the month; empty where they were not asked for.</summary>
    public IReadOnlyList<RecentExpense> Largest { get; init; } = [];

    /// <summary>The month before up to the same day of the month, or its last; zero where it was not asked for.</summary>
    public Money LastMonthSoFar { get; init; }

    /// <summary>The day that <see cref="LastMonthSoFar"/> goes up to.</summary>
    public DateOnly SameDayOfLastMonth => SameDayBefore(Month, Today);

    /// <summary>The day of the month before that compares with the last day of this month that has begun.</summary>
    public static DateOnly SameDayBefore(Month month, DateOnly today)
    {
        var before = month.AddMonths(-1);
        return before.First.AddDays(Math.Min(DaysBegun(month, today), before.Days) - 1);
    }

    /// <summary>How many complete months the prediction looks back.</summary>
    public const int PredictionMonths = 3;

    public Money MonthTotal => TotalOf(Month);

    public Money LastMonthTotal => TotalOf(Month.AddMonths(-1));

    public CategorySum? TopCategory => Categories.Count > 0 ? Categories[0] : null;

    /// <summary>The days of the month that have begun: all of a month that is over.</summary>
    public int DaysSoFar => DaysBegun(Month, Today);

    private static int DaysBegun(Month month, DateOnly today) => month == Month.Of(today) ? today.Day : month.Days;

    /// <summary>The month's total a day, over the days that have begun.</summary>
    public Money AverageADay => MonthTotal.Per(DaysSoFar);

    /// <summary>The mean of the months in <see cref="Monthly"/>; null where one month or none has nothing to be the mean of.</summary>
    public Money? AverageAMonth => Monthly.Count > 1 ? new Money(Monthly.Sum(sum => sum.Total.Minor)).Per(Monthly.Count) : null;

    /// <summary>The month against all of the month before, in percent with two decimals; null where that had nothing to compare with.</summary>
    public decimal? GrowthPercent => ChangeTo(LastMonthTotal);

    /// <summary>The month against an earlier total, in percent with two decimals; null where that has nothing to compare with.</summary>
    public decimal? ChangeTo(Money before)
    {
        if (before == Money.Zero) return MonthTotal == Money.Zero ? 0 : null;
        var change = (decimal)(MonthTotal.Minor - before.Minor) * 100 / before.Minor;
        return Math.Round(change, 2, MidpointRounding.ToEven);
    }

    /// <summary>
    /// What the month after may cost: the mean of the last three complete months, not reaching back before the first month with
    /// expenses; in that first month itself, its own pace.
    /// </summary>
    public Money PredictedNext
    {
        get
        {
            var (first, last) = PredictionRange;
            if (first > last) return new Money((long)Math.Round((decimal)MonthTotal.Minor * Month.Days / DaysSoFar, MidpointRounding.ToEven));
            var months = (last.Year - first.Year) * 12 + last.OfYear - first.OfYear + 1;
            return new Money(Monthly.Where(sum => sum.Month >= first && sum.Month <= last).Sum(sum => sum.Total.Minor)).Per(months);
        }
    }

    /// <summary>The complete months that the prediction is the mean of; empty (the first after the last) where there are none.</summary>
    public (Month First, Month Last) PredictionRange
    {
        get
        {
            var complete = Month.Of(Today).AddMonths(-1);
            var last = Month < complete ? Month : complete;
            var first = last.AddMonths(1 - PredictionMonths);
            var begin = Monthly.Count > 0 ? Monthly[0].Month : Month;
            return (begin > first ? begin : first, last);
        }
    }

    private Money TotalOf(Month month) => Monthly.FirstOrDefault(sum => sum.Month == month)?.Total ?? Money.Zero;
}
