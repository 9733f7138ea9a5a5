using System.Data.Common;
using ExpenseIQ.Database;
using ExpenseIQ.Database.Tables;
using ExpenseIQ.Domain;

namespace ExpenseIQ.Features.Expenses;

/// <summary>One line of the list.</summary>
public sealed record ExpenseItem(long Id, DateOnly Date, Money Amount, string Description, long CategoryId);

/// <summary>One expense as the form shows it.</summary>
public sealed record ExpenseDetail(long Id, DateOnly Date, Money Amount, string Description, long CategoryId, int Version, DateTime CreatedAt);

/// <summary>A page of the list, in its order, whether there is more on either side, the total of all pages, and the user's categories.</summary>
public sealed record ExpensePage(
    IReadOnlyList<ExpenseItem> Items, bool HasPrevious, bool HasNext, ExpenseTotal Total, IReadOnlyList<Category> Categories)
{
    public static readonly ExpensePage Empty = new([], HasPrevious: false, HasNext: false, new ExpenseTotal(0, Money.Zero), []);

    /// <summary>The totals of days that go on beyond the page; those of all other days are the sums of their rows on it.</summary>
    public IReadOnlyDictionary<DateOnly, Money> SplitDays { get; init; } = new Dictionary<DateOnly, Money>();
}

/// <summary>Answers which expenses a filter selects: a page of them with the total of all, or all of them.</summary>
internal static class ExpenseQueries
{
    public const int PageSize = 50;

    /// <summary>How far one page can be made to grow.</summary>
    public const int LargestPage = 500;

    private const string ItemColumns = "id, date, amount_minor, description, category_id";

    public static Sql SelectCategories(long userId) => $"select id, user_id, name from categories where (user_id is null or user_id = {userId})";

    public static Sql SelectExpense(long userId, long id) =>
        $"select {Sql.Raw(ItemColumns)}, version, created_at from expenses where user_id = {userId} and id = {id}";

    public static ExpenseDetail ReadExpense(DbDataReader row) =>
        new(row.GetInt64(0), row.GetDate(1), new Money(row.GetInt64(2)), row.GetString(3), row.GetInt64(4), row.GetInt32(5), row.GetDateTime(6));

    /// <summary>The defaults and the user's own.</summary>
    public static Task<List<Category>> ListCategoriesAsync(this ExpenseDatabase database, long userId, CancellationToken cancellationToken) =>
        database.ListAsync($"{SelectCategories(userId)} order by id", ReadCategory, cancellationToken);

    public static Task<ExpenseDetail?> FindExpenseAsync(
        this ExpenseDatabase database, long userId, long id, CancellationToken cancellationToken) =>
        database.FindAsync(SelectExpense(userId, id), ReadExpense, cancellationToken);

    /// <param name="rows">At most so many rows, <see cref="PageSize"/> to <see cref="LargestPage"/>.</param>
    /// <param name="all">The total of all the user's expenses: what the way to the rows is chosen by.</param>
    public static async Task<ExpensePage> ListExpensesAsync(
        this ExpenseDatabase database, long userId, ExpenseFilter filter, ExpensePlace? place, int rows, ExpenseTotal all, CancellationToken cancellationToken)
    {
        var texts = await database.FindTextsAsync(userId, filter, cancellationToken);
        var known = ExpenseTotals.Known(filter, texts, all);
        if (ExpenseRoute.ByOrder(filter, texts) is not { } route)
        {
            known ??= (await database.FindAsync(ExpenseTotals.Of(userId, filter, texts), ExpenseTotals.Read, cancellationToken))!;
            route = ExpenseRoute.ByCount(filter, texts, known.Count, all.Count);
        }
        var total = known is null ? ExpenseTotals.Of(userId, filter, texts) : $"select {known.Count}, {known.Sum.Minor}";
        var conditions = ExpenseConditions.Of(userId, filter, texts);
        var page = await database.ReadAsync(
            $"""
            {SelectCategories(userId)} order by id;
            {total};
            {route.Select(database.Dialect, Sql.Raw(ItemColumns), conditions, filter, place, rows + 1)}
            """,
            async reader =>
            {
                var categories = await reader.ListAsync(ReadCategory, cancellationToken);
                var totals = await reader.NextListAsync(ExpenseTotals.Read, cancellationToken);
                return PageOf(await reader.NextListAsync(ReadItem, cancellationToken), place, rows, totals[0], categories);
            },
            cancellationToken);
        return filter.SortsByAmount ? page : page with { SplitDays = await database.SumDaysAsync(conditions, DaysAtTheEdges(page), cancellationToken) };
    }

    /// <summary>The days of which there may be more before or after the page.</summary>
    private static List<DateOnly> DaysAtTheEdges(ExpensePage page)
    {
        var days = new List<DateOnly>();
        if (page is { HasPrevious: true, Items: [var first, ..] }) days.Add(first.Date);
        if (page is { HasNext: true, Items: [.., var last] } && !days.Contains(last.Date)) days.Add(last.Date);
        return days;
    }

    private static async Task<Dictionary<DateOnly, Money>> SumDaysAsync(
        this ExpenseDatabase database, Sql conditions, List<DateOnly> days, CancellationToken cancellationToken)
    {
        if (days.Count == 0) return [];
        Sql index = Sql.Raw(database.Dialect.Using("expenses_by_date"));
        var sums = await database.ListAsync(
            $"select date, sum(amount_minor) from expenses {index} where {conditions} and date in ({days[0]}, {days[^1]}) group by date",
            row => (Date: row.GetDate(0), Total: new Money(row.GetInt64(1))),
            cancellationToken);
        return sums.ToDictionary(day => day.Date, day => day.Total);
    }

    /// <summary>Everything that the filter selects, row by row as the database sends it.</summary>
    public static async Task<IAsyncEnumerable<ExpenseItem>> StreamExpensesAsync(
        this ExpenseDatabase database, long userId, ExpenseFilter filter, CancellationToken cancellationToken)
    {
        var texts = await database.FindTextsAsync(userId, filter, cancellationToken);
        return database.StreamAsync(
            $"select {Sql.Raw(ItemColumns)} from expenses where {ExpenseConditions.Of(userId, filter, texts)} {ExpenseRoute.Order(filter, isBefore: false)}",
            ReadItem,
            cancellationToken);
    }

    private static ExpenseItem ReadItem(DbDataReader row) =>
        new(row.GetInt64(0), row.GetDate(1), new Money(row.GetInt64(2)), row.GetString(3), row.GetInt64(4));

    public static Category ReadCategory(DbDataReader row) =>
        new() { Id = row.GetInt64(0), UserId = row.IsDBNull(1) ? null : row.GetInt64(1), Name = row.GetString(2) };

    private static ExpensePage PageOf(List<ExpenseItem> items, ExpensePlace? place, int rows, ExpenseTotal total, IReadOnlyList<Category> categories)
    {
        var isBefore = place is { IsBefore: true };
        var hasMore = items.Count > rows;
        if (hasMore) items.RemoveAt(rows);
        if (isBefore) items.Reverse();
        return new ExpensePage(items, isBefore ? hasMore : place is not null, isBefore || hasMore, total, categories);
    }
}
