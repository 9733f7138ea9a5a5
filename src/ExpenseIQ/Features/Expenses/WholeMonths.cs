using ExpenseIQ.Domain;

namespace ExpenseIQ.Features.Expenses;

/// <summary>The calendar months that lie in a range of days as a whole; null at an end that is open.</summary>
internal sealed record WholeMonths(Month? First, Month? Last)
{
    /// <summary>Null where no whole month fits into the range.</summary>
    public static WholeMonths? Within(DateOnly? from, DateOnly? to)
    {
        Month? first = null;
        Month? last = null;
        if (from is { } start) first = start.Day == 1 ? Month.Of(start) : Month.Of(start).AddMonths(1);
        if (to is { } end) last = end == Month.Of(end).Last ? Month.Of(end) : Month.Of(end).AddMonths(-1);
        return first > last ? null : new WholeMonths(first, last);
    }
}
