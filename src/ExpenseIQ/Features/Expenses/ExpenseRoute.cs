using ExpenseIQ.Database;
using ExpenseIQ.Database.Dialects;

namespace ExpenseIQ.Features.Expenses;

/// <summary>
/// The way to a page of rows: the index to read by. The databases' own planners don't know how the expenses of one user are spread,
/// and a wrong guess reads a whole history; this program knows from the totals how many rows a filter selects.
/// </summary>
/// <param name="Index">Null: as the planner thinks best.</param>
/// <param name="Parts">Conditions of the parts that the index has in the order of the list, each on its own; null: it has all so.</param>
internal sealed record ExpenseRoute(string? Index, IReadOnlyList<Sql>? Parts = null)
{
    private const string ByDate = "expenses_by_date";
    private const string ByAmount = "expenses_by_amount";
    private const string ByCategory = "expenses_by_category";
    private const string ByText = "expenses_by_text";

    /// <summary>How many categories or texts are read one by one and merged.</summary>
    private const int MostMerged = 12;

    /// <summary>The route by an index that has just the rows of the filter in the order of the list; null where there is none.</summary>
    public static ExpenseRoute? ByOrder(ExpenseFilter filter, MatchingTexts? texts) => filter switch
    {
        { HasWords: false, SortsByAmount: true, HasDates: false, HasCategories: false } => new ExpenseRoute(ByAmount),
        { SortsByAmount: true } or { HasAmounts: true } => null,
        { HasWords: false, HasCategories: false } => new ExpenseRoute(ByDate),
        { HasWords: false, CategoryIds.Count: <= MostMerged } => new ExpenseRoute(ByCategory, [.. filter.CategoryIds.Select(CategoryIs)]),
        { HasCategories: false } when texts!.Keys is { Count: > 0 and <= MostMerged } keys => new ExpenseRoute(ByText, [.. keys.Select(TextIs)]),
        _ => null,
    };

    /// <summary>
    /// The route where no index has both. Either the list's order is walked until a page is full, which passes about
    /// all ÷ selected rows for each one found, or all that is selected is read and sorted: whichever reads fewer rows.
    /// </summary>
    public static ExpenseRoute ByCount(ExpenseFilter filter, MatchingTexts? texts, long selected, long all)
    {
        var walked = (ExpenseQueries.PageSize + 1) * (all / Math.Max(selected, 1) + 1);
        if (walked < selected) return new ExpenseRoute(filter.SortsByAmount ? ByAmount : ByDate);
        return filter switch
        {
            { HasWords: true } => new ExpenseRoute(texts!.Keys is null ? null : ByText),
            { HasDates: false, HasCategories: false } => new ExpenseRoute(ByAmount),
            { HasAmounts: false, HasCategories: false } => new ExpenseRoute(ByDate),
            { HasAmounts: false, HasDates: false } => new ExpenseRoute(ByCategory),
            _ => new ExpenseRoute((string?)null),
        };
    }

    public static Sql Order(ExpenseFilter filter, bool isBefore)
    {
        var direction = filter.SortsDown != isBefore ? "desc" : "asc";
        return Sql.Raw($"order by {(filter.SortsByAmount ? "amount_minor" : "date")} {direction}, id {direction}");
    }

    /// <summary>A page of the rows that the conditions select, from a place in the list on.</summary>
    public Sql Select(Dialect dialect, Sql columns, Sql conditions, ExpenseFilter filter, ExpensePlace? place, int limit)
    {
        var from = Sql.Raw(Index is null ? "expenses" : $"expenses {dialect.Using(Index)}");
        if (place is not null) conditions = $"{conditions} and {Beyond(place, filter)}";
        var order = Order(filter, place is { IsBefore: true });
        if (Parts is null or [_]) return $"select {columns} from {from} where {conditions} {order} {Sql.Limit(limit)}";

        // A page of each part, merged.
        var pages = Parts.Select<Sql, Sql>(part =>
            $"select * from (select {columns} from {from} where {conditions} and {part} {order} {Sql.Limit(limit)}) page");
        return $"select * from ({Sql.Join(" union all ", pages)}) pages {order} {Sql.Limit(limit)}";
    }

    private static Sql CategoryIs(long id) => $"category_id = {id}";

    private static Sql TextIs(byte[] key) => $"text_key = {key}";

    /// <summary>The rows on the far side of a place. The first half of each condition is what an index can seek by.</summary>
    private static Sql Beyond(ExpensePlace place, ExpenseFilter filter)
    {
        var (date, amount, id) = (place.Date, place.AmountMinor, place.Id);
        return (filter.SortsByAmount, filter.SortsDown != place.IsBefore) switch
        {
            (false, true) => $"date <= {date} and (date < {date} or id < {id})",
            (false, false) => $"date >= {date} and (date > {date} or id > {id})",
            (true, true) => $"amount_minor <= {amount} and (amount_minor < {amount} or id < {id})",
            (true, false) => $"amount_minor >= {amount} and (amount_minor > {amount} or id > {id})",
        };
    }
}
