using System.Data.Common;
using ExpenseIQ.Database;
using ExpenseIQ.Domain;

namespace ExpenseIQ.Features.Expenses;

/// <summary>How many expenses, and their sum.</summary>
public sealed record ExpenseTotal(long Count, Money Sum);

/// <summary>
/// Answers how many expenses a filter selects and what they sum to. For dates with categories, for amounts and for words it adds
/// up kept totals, so it costs the same however many expenses there are; only a filter that mixes those kinds reads the rows.
/// </summary>
internal static class ExpenseTotals
{
    /// <summary>The total where it is known without asking; null where it is not.</summary>
    /// <param name="texts">What the filter's words match, where it has any.</param>
    /// <param name="all">The total of all the user's expenses.</param>
    public static ExpenseTotal? Known(ExpenseFilter filter, MatchingTexts? texts, ExpenseTotal all) =>
        filter is { HasAmounts: false, HasDates: false, HasCategories: false } ? texts?.Total ?? all : null;

    /// <param name="texts">What the filter's words match, where it has any.</param>
    public static Sql Of(long userId, ExpenseFilter filter, MatchingTexts? texts) => filter switch
    {
        { HasWords: false, HasAmounts: false } => Sum([.. ByDate(userId, filter)]),
        { HasWords: false, HasDates: false, HasCategories: false } => Sum([.. ByAmount(userId, filter)]),
        _ => $"select count(*), cast(coalesce(sum(amount_minor), 0) as signed) from expenses where {ExpenseConditions.Of(userId, filter, texts)}",
    };

    public static ExpenseTotal Read(DbDataReader row) => new(row.GetInt64(0), new Money(row.GetInt64(1)));

    /// <summary>The sums of what the parts select, expense_count and total_minor.</summary>
    public static Sql Sum(params IReadOnlyList<Sql> parts) =>
        $"""
        select cast(coalesce(sum(expense_count), 0) as signed), cast(coalesce(sum(total_minor), 0) as signed)
        from ({Sql.Join(" union all ", parts)}) parts
        """;

    /// <summary>Whole months from their totals, what sticks out at either end from those of the days.</summary>
    private static IEnumerable<Sql> ByDate(long userId, ExpenseFilter filter)
    {
        if (!filter.HasDates)
        {
            yield return $"{Totals(userId, TotalKind.Category, 0, 0)} and category_id in ({filter.CategoryIds})";
            yield break;
        }
        var (from, to) = (filter.From ?? Dates.First, filter.To ?? Dates.Last);
        if (WholeMonths.Within(from, to) is not { } months)
        {
            yield return Days(from, to);
            yield break;
        }
        if (from < months.First.First) yield return Days(from, months.First.First.AddDays(-1));
        yield return filter.HasCategories
            ? InCategories(Totals(userId, TotalKind.MonthAndCategory, months.First.Number, months.Last.Number))
            : Totals(userId, TotalKind.Month, months.First.Number, months.Last.Number);
        if (to > months.Last.Last) yield return Days(months.Last.Last.AddDays(1), to);

        Sql Days(DateOnly first, DateOnly last) =>
            InCategories(Totals(userId, TotalKind.DayAndCategory, TotalKey.DayOf(first), TotalKey.DayOf(last)));

        Sql InCategories(Sql totals) => filter.HasCategories ? $"{totals} and category_id in ({filter.CategoryIds})" : totals;
    }

    private static IEnumerable<Sql> ByAmount(long userId, ExpenseFilter filter)
    {
        var (least, most) = (filter.Least ?? Money.Zero, filter.Most ?? Money.Largest);
        var ranges = AmountTree.Cover(least.Minor, most.Minor).ToList();
        if (ranges.Count == 0) yield return $"{Totals(userId, TotalKind.Amount, 0, 0)}"; // nothing costs nothing
        foreach (var (level, first, last) in ranges) yield return Totals(userId, TotalKind.Amount + level, first, last);
    }

    private static Sql Totals(long userId, int kind, long first, long last) =>
        $"select expense_count, total_minor from totals where user_id = {userId} and kind = {kind} and bucket between {first} and {last}";
}
