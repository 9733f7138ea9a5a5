using ExpenseIQ.Domain;

namespace ExpenseIQ.Features.Expenses;

/// <summary>The calendar months that lie in a range of days as a whole.</summary>
internal sealed record WholeMonths(Month First, Month Last)
{
    /// <summary>Null where no whole month fits into the range.</summary>
    public static WholeMonths? Within(DateOnly from, DateOnly to)
    {
        var first = from.Day == 1 ? Month.Of(from) : Month.Of(from).AddMonths(1);
        var last = to == Month.Of(to).Last ? Month.Of(to) : Month.Of(to).AddMonths(-1);
        return first > last ? null : new WholeMonths(first, last);
    }
}
