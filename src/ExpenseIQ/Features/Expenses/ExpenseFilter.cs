using System.Globalization;
using ExpenseIQ.Domain;
using ExpenseIQ.Features.Shared;
using Microsoft.AspNetCore.Http.Extensions;

namespace ExpenseIQ.Features.Expenses;

public enum ExpenseSort
{
    DateDesc,
    DateAsc,
    AmountDesc,
    AmountAsc,
}

/// <summary>Which of a user's expenses, in which order.</summary>
public sealed record ExpenseFilter
{
    public DateOnly? From { get; init; }

    public DateOnly? To { get; init; }

    /// <summary>Any of these; empty: all.</summary>
    public IReadOnlyList<long> CategoryIds { get; init; } = [];

    /// <summary>Folded words (<see cref="SearchText"/>) that must all occur in the description.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    public Money? Least { get; init; }

    public Money? Most { get; init; }

    public ExpenseSort Sort { get; init; }

    public bool SortsByAmount => Sort is ExpenseSort.AmountDesc or ExpenseSort.AmountAsc;

    public bool SortsDown => Sort is ExpenseSort.DateDesc or ExpenseSort.AmountDesc;

    public bool HasDates => From is not null || To is not null;

    public bool HasCategories => CategoryIds.Count > 0;

    public bool HasAmounts => Least is not null || Most is not null;

    public bool HasWords => Words.Count > 0;
}

/// <summary>The filters as they stand in the address, and their checks.</summary>
public sealed record ExpenseFilterForm
{
    /// <summary>The names of <see cref="ExpenseSort"/> in addresses, in its order.</summary>
    public static readonly IReadOnlyList<string> Sorts = ["date_desc", "date_asc", "amount_desc", "amount_asc"];

    private const int LongestSearch = 255;
    private const int MostCategories = 200;

    public string DateFrom { get; init; } = "";

    public string DateTo { get; init; } = "";

    public IReadOnlyList<string> CategoryIds { get; init; } = [];

    public string Search { get; init; } = "";

    public string AmountMin { get; init; } = "";

    public string AmountMax { get; init; } = "";

    public string Sort { get; init; } = "";

    public static ExpenseFilterForm Read(IQueryCollection query) => new()
    {
        DateFrom = query.Text("date_from").Trim(),
        DateTo = query.Text("date_to").Trim(),
        CategoryIds = [.. query["category_id"].Where(text => !string.IsNullOrWhiteSpace(text)).Select(text => text!.Trim()).Distinct()],
        Search = query.Text("search").Trim(),
        AmountMin = query.Text("amount_min").Trim(),
        AmountMax = query.Text("amount_max").Trim(),
        Sort = query.Text("sort").Trim(),
    };

    /// <summary>How many filters are set; the order is none.</summary>
    public int InUse =>
        new[] { DateFrom, DateTo, Search, AmountMin, AmountMax }.Count(text => text.Length > 0) + (CategoryIds.Count > 0 ? 1 : 0);

    public bool Any => InUse > 0;

    /// <summary>What to select, or null and a message at each filter that can't be read.</summary>
    public ExpenseFilter? Check(CultureInfo culture, FormErrors errors)
    {
        var from = ReadDate("date_from", DateFrom, errors);
        var to = ReadDate("date_to", DateTo, errors);
        if (from > to) errors.Add("date_to", "The last day lies before the first.");
        var least = ReadAmount("amount_min", AmountMin, culture, errors);
        var most = ReadAmount("amount_max", AmountMax, culture, errors);
        if (least is { } low && most is { } high && low > high) errors.Add("amount_max", "The largest amount is below the smallest.");
        var categories = ReadCategories(errors);
        if (Search.Length > LongestSearch) errors.Add("search", $"A search has at most {LongestSearch} characters.");
        var words = SearchText.Words(Search);
        if (Search.Length > 0 && words.Length == 0) errors.Add("search", "There is nothing in this search that can be looked for.");
        if (Search.Any(char.IsControl)) errors.Add("search", "A search is one line of text, without control characters.");
        var sort = Sort.Length == 0 ? 0 : Sorts.ToList().IndexOf(Sort);
        if (sort < 0) errors.Add("sort", $"This order is not known. There are {string.Join(", ", Sorts)}.");
        if (errors.Any) return null;

        return new ExpenseFilter
        {
            From = from,
            To = to,
            CategoryIds = categories,
            Words = words,
            Least = least,
            Most = most,
            Sort = (ExpenseSort)sort,
        };
    }

    /// <summary>The query string that asks for the same, with another place in the list.</summary>
    public string ToQuery(string? name = null, string? value = null)
    {
        var query = new QueryBuilder();
        Add("date_from", DateFrom);
        Add("date_to", DateTo);
        foreach (var category in CategoryIds) Add("category_id", category);
        Add("search", Search);
        Add("amount_min", AmountMin);
        Add("amount_max", AmountMax);
        Add("sort", Sort == Sorts[0] ? "" : Sort);
        if (name is not null) Add(name, value ?? "");
        return query.ToString();

        void Add(string key, string text)
        {
            if (text.Length > 0) query.Add(key, text);
        }
    }

    private static DateOnly? ReadDate(string field, string text, FormErrors errors)
    {
        if (text.Length == 0) return null;
        if (Dates.Read(text, out var date) is not { } problem) return date;
        errors.Add(field, problem);
        return null;
    }

    private static Money? ReadAmount(string field, string text, CultureInfo culture, FormErrors errors)
    {
        var problem = MoneyText.Read(text, culture, out var amount);
        switch (problem)
        {
            case MoneyProblem.Empty:
                return null;
            case MoneyProblem.None when amount >= Money.Zero:
                return amount;
            case MoneyProblem.TooPrecise:
                errors.Add(field, "An amount has at most two decimals.");
                return null;
            case MoneyProblem.TooLarge:
                errors.Add(field, "No expense is as large as that.");
                return null;
            default:
                errors.Add(field, $"This is not an amount. Write it like {new Money(1250).ToInput(culture)}.");
                return null;
        }
    }

    private List<long> ReadCategories(FormErrors errors)
    {
        var ids = new List<long>();
        foreach (var text in CategoryIds)
        {
            if (ids.Count < MostCategories && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)) ids.Add(id);
            else errors.Add("category_id", "This category can't be read.");
        }
        return ids;
    }
}
