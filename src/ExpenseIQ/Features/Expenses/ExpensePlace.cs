using System.Globalization;
using ExpenseIQ.Domain;
using ExpenseIQ.Features.Shared;

namespace ExpenseIQ.Features.Expenses;

/// <summary>
/// A place in the list: the sort key and the id of the row beside it. Pages go on from a place, never from a count of rows,
/// so that the thousandth page costs what the first does and a new row moves nothing.
/// </summary>
/// <param name="Date">The row's date, where the list is sorted by date.</param>
/// <param name="AmountMinor">The row's amount, where it is sorted by amount.</param>
/// <param name="IsBefore">Whether the page ends before the place, or begins after it.</param>
public sealed record ExpensePlace(DateOnly Date, long AmountMinor, long Id, bool IsBefore)
{
    public static string Of(ExpenseItem item, ExpenseFilter filter) => filter.SortsByAmount
        ? string.Create(CultureInfo.InvariantCulture, $"{item.Amount.Minor}_{item.Id}")
        : string.Create(CultureInfo.InvariantCulture, $"{item.Date:yyyyMMdd}_{item.Id}");

    /// <summary>Reads `after` or `before` from an address; null where there is none, or an unreadable one, which is named.</summary>
    public static ExpensePlace? Read(IQueryCollection query, ExpenseFilter filter, FormErrors errors)
    {
        var isBefore = query.Text("before").Length > 0;
        var text = query.Text(isBefore ? "before" : "after");
        if (text.Length == 0) return null;

        var cut = text.IndexOf('_', StringComparison.Ordinal);
        var date = Dates.First;
        var amount = 0L;
        var isRead = cut > 0
            && long.TryParse(text.AsSpan(cut + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _)
            && (filter.SortsByAmount
                ? long.TryParse(text.AsSpan(0, cut), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out amount)
                : DateOnly.TryParseExact(text.AsSpan(0, cut), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date)
                    && date >= Dates.First && date <= Dates.Last);
        if (isRead) return new ExpensePlace(date, amount, long.Parse(text.AsSpan(cut + 1), CultureInfo.InvariantCulture), isBefore);
        errors.Add("", "The place in the list can't be read. Here you can start again from the first page.");
        return null;
    }
}
