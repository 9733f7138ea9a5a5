using System.Globalization;
using ExpenseIQ.Web;

namespace ExpenseIQ.Features.Expenses;

/// <summary>A filter that is in use, and what asks the list for everything but it.</summary>
public sealed record FilterChip(string Text, string QueryWithout)
{
    /// <param name="form">The filters as typed, which the queries are made of.</param>
    /// <param name="filter">The same, read.</param>
    public static IReadOnlyList<FilterChip> Of(ExpenseFilterForm form, ExpenseFilter filter, Func<long, string> categoryName, Formats formats)
    {
        var chips = new List<FilterChip>();
        if (filter.HasWords) Add($"“{form.Search}”", form with { Search = "" });
        foreach (var id in filter.CategoryIds)
            Add(categoryName(id) is { Length: > 0 } name ? name : "A category that is not there", form with { CategoryIds = [.. form.CategoryIds.Where(text => long.Parse(text, CultureInfo.InvariantCulture) != id)] });
        if (filter.HasDates) Add(Days(filter, formats), form with { DateFrom = "", DateTo = "" });
        if (filter.HasAmounts) Add(Amounts(filter, formats), form with { AmountMin = "", AmountMax = "" });
        return chips;

        void Add(string text, ExpenseFilterForm without) => chips.Add(new FilterChip(text, without.ToQuery()));
    }

    private static string Days(ExpenseFilter filter, Formats formats) => (filter.From, filter.To) switch
    {
        ({ } from, { } to) when from == to => formats.Date(from),
        ({ } from, { } to) => $"{formats.Date(from)} to {formats.Date(to)}",
        ({ } from, null) => $"From {formats.Date(from)}",
        (_, { } to) => $"Until {formats.Date(to)}",
        _ => "",
    };

    private static string Amounts(ExpenseFilter filter, Formats formats) => (filter.Least, filter.Most) switch
    {
        ({ } least, { } most) when least == most => formats.Amount(least),
        ({ } least, { } most) => $"{formats.Amount(least)} to {formats.Amount(most)}",
        ({ } least, null) => $"{formats.Amount(least)} or more",
        (_, { } most) => $"{formats.Amount(most)} or less",
        _ => "",
    };
}
