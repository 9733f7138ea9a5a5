using ExpenseIQ.Domain;
using ExpenseIQ.Web;

namespace ExpenseIQ.Features.Expenses;

/// <summary>A period that a link above the list leads to.</summary>
/// <param name="Query">What asks the list for this period, with its other filters.</param>
/// <param name="IsCurrent">Whether the list shows just this period.</param>
public sealed record Period(string Name, string Query, bool IsCurrent)
{
    /// <summary>The periods as they lie on a user's own day.</summary>
    /// <param name="filter">What the list shows; null where it shows nothing.</param>
    public static IReadOnlyList<Period> Of(DateOnly today, Formats formats, ExpenseFilterForm? filter)
    {
        var month = Month.Of(today);
        var week = formats.WeekOf(today);
        return
        [
            Between("This week", week, week.AddDays(6)),
            Between("This month", month.First, month.Last),
            Between("Last month", month.AddMonths(-1).First, month.AddMonths(-1).Last),
            Between("30 days", today.AddDays(-29), today),
            Between("90 days", today.AddDays(-89), today),
            Between("This year", new DateOnly(today.Year, 1, 1), new DateOnly(today.Year, 12, 31)),
            Named("All", "", ""),
        ];

        Period Between(string name, DateOnly from, DateOnly to) => Named(name, Dates.ToInput(from), Dates.ToInput(to));

        Period Named(string name, string from, string to)
        {
            var there = (filter ?? new ExpenseFilterForm()) with { DateFrom = from, DateTo = to };
            return new Period(name, there.ToQuery(), filter?.DateFrom == from && filter.DateTo == to);
        }
    }
}
