using System.Linq.Expressions;
using ExpenseIQ.Database;
using ExpenseIQ.Database.Tables;
using ExpenseIQ.Domain;
using LinqToDB;
using LinqToDB.Async;

namespace ExpenseIQ.Features.Expenses;

/// <summary>One line of the list.</summary>
public sealed record ExpenseItem(long Id, DateOnly Date, Money Amount, string Description, long CategoryId);

/// <summary>One expense as the form shows it.</summary>
public sealed record ExpenseDetail(long Id, DateOnly Date, Money Amount, string Description, long CategoryId, int Version);

/// <summary>A page of the list, in its order, and whether there is more on either side.</summary>
public sealed record ExpensePage(IReadOnlyList<ExpenseItem> Items, bool HasPrevious, bool HasNext);

/// <summary>How many expenses, and their sum.</summary>
public sealed record ExpenseTotal(long Count, Money Sum);

/// <summary>Answers which expenses a filter selects: a page of them, all of them, their count and total.</summary>
internal static class ExpenseQueries
{
    public const int PageSize = 50;

    public static async Task<IReadOnlyList<Category>> ListCategoriesAsync(
        this ExpenseDatabase database, long userId, CancellationToken cancellationToken) =>
        await database.CategoriesOf(userId).OrderBy(category => category.Id).ToListAsync(cancellationToken);

    public static async Task<ExpenseDetail?> FindExpenseAsync(
        this ExpenseDatabase database, long userId, long id, CancellationToken cancellationToken)
    {
        var rows = await database.ExpensesOf(userId)
            .Where(row => row.Id == id)
            .Select(row => new { row.Id, row.Date, row.AmountMinor, row.Description, row.CategoryId, row.Version })
            .ToListAsync(cancellationToken);
        return rows is [var found]
            ? new ExpenseDetail(found.Id, found.Date, new Money(found.AmountMinor), found.Description, found.CategoryId, found.Version)
            : null;
    }

    public static async Task<ExpensePage> ListExpensesAsync(
        this ExpenseDatabase database, long userId, ExpenseFilter filter, ExpensePlace? place, CancellationToken cancellationToken)
    {
        var isBefore = place is { IsBefore: true };
        var rows = database.ExpensesOf(userId).Matching(filter);
        if (place is not null) rows = rows.Where(Beyond(place, filter));
        var items = await rows
            .InOrder(filter.SortsByAmount, filter.SortsDown != isBefore)
            .Take(PageSize + 1)
            .AsItems()
            .ToListAsync(cancellationToken);

        var hasMore = items.Count > PageSize;
        if (hasMore) items.RemoveAt(PageSize);
        if (isBefore) items.Reverse();
        return new ExpensePage(items, isBefore ? hasMore : place is not null, isBefore || hasMore);
    }

    /// <summary>Everything that the filter selects, row by row as the database sends it.</summary>
    public static IAsyncEnumerable<ExpenseItem> StreamExpenses(this ExpenseDatabase database, long userId, ExpenseFilter filter) =>
        database.ExpensesOf(userId).Matching(filter).InOrder(filter.SortsByAmount, filter.SortsDown).AsItems().AsAsyncEnumerable();

    /// <summary>
    /// Count and sum of what the filter selects. By date and category it costs the months that lie in between, not their
    /// rows: whole months come from the monthly totals, only the days of broken months from the expenses.
    /// </summary>
    public static async Task<ExpenseTotal> TotalExpensesAsync(
        this ExpenseDatabase database, long userId, ExpenseFilter filter, CancellationToken cancellationToken)
    {
        if (filter.IsEverything)
        {
            var ledger = await database.LedgerOf(userId).FirstAsync(cancellationToken);
            return new ExpenseTotal(ledger.ExpenseCount, new Money(ledger.TotalMinor));
        }
        var months = WholeMonths.Within(filter.From, filter.To);
        if (!filter.IsByDateAndCategoryOnly || months is null)
            return await database.ExpensesOf(userId).Matching(filter).SumAsync(cancellationToken);

        var total = await database.MonthlyTotalsOf(userId).Matching(months, filter.CategoryIds).SumAsync(cancellationToken);
        if (months.First is { } first && filter.From < first.First)
        {
            var days = filter with { To = first.First.AddDays(-1) };
            total = Add(total, await database.ExpensesOf(userId).Matching(days).SumAsync(cancellationToken));
        }
        if (months.Last is { } last && filter.To > last.Last)
        {
            var days = filter with { From = last.Last.AddDays(1) };
            total = Add(total, await database.ExpensesOf(userId).Matching(days).SumAsync(cancellationToken));
        }
        return total;
    }

    private static ExpenseTotal Add(ExpenseTotal left, ExpenseTotal right) => new(left.Count + right.Count, left.Sum + right.Sum);

    private static IQueryable<Expense> Matching(this IQueryable<Expense> rows, ExpenseFilter filter)
    {
        if (filter.From is { } from) rows = rows.Where(row => row.Date >= from);
        if (filter.To is { } to) rows = rows.Where(row => row.Date <= to);
        if (filter.CategoryIds is { Count: > 0 } categories) rows = rows.Where(row => categories.Contains(row.CategoryId));
        if (filter.Least is { } least) rows = rows.Where(row => row.AmountMinor >= least.Minor);
        if (filter.Most is { } most) rows = rows.Where(row => row.AmountMinor <= most.Minor);
        foreach (var word in filter.Words) rows = rows.Where(row => row.SearchText.Contains(word));
        return rows;
    }

    private static IQueryable<MonthlyTotal> Matching(
        this IQueryable<MonthlyTotal> rows, WholeMonths months, IReadOnlyList<long> categories)
    {
        if (months.First is { } first) rows = rows.Where(row => row.Month >= first.Number);
        if (months.Last is { } last) rows = rows.Where(row => row.Month <= last.Number);
        if (categories.Count > 0) rows = rows.Where(row => categories.Contains(row.CategoryId));
        return rows;
    }

    private static async Task<ExpenseTotal> SumAsync(this IQueryable<Expense> rows, CancellationToken cancellationToken)
    {
        var sums = await rows
            .GroupBy(_ => 1)
            .Select(all => new { Count = all.LongCount(), Minor = all.Sum(row => row.AmountMinor) })
            .ToListAsync(cancellationToken);
        return sums is [var sum] ? new ExpenseTotal(sum.Count, new Money(sum.Minor)) : new ExpenseTotal(0, Money.Zero);
    }

    private static async Task<ExpenseTotal> SumAsync(this IQueryable<MonthlyTotal> rows, CancellationToken cancellationToken)
    {
        var sums = await rows
            .GroupBy(_ => 1)
            .Select(all => new { Count = all.Sum(row => row.ExpenseCount), Minor = all.Sum(row => row.TotalMinor) })
            .ToListAsync(cancellationToken);
        return sums is [var sum] ? new ExpenseTotal(sum.Count, new Money(sum.Minor)) : new ExpenseTotal(0, Money.Zero);
    }

    private static IQueryable<Expense> InOrder(this IQueryable<Expense> rows, bool byAmount, bool down) => (byAmount, down) switch
    {
        (false, true) => rows.OrderByDescending(row => row.Date).ThenByDescending(row => row.Id),
        (false, false) => rows.OrderBy(row => row.Date).ThenBy(row => row.Id),
        (true, true) => rows.OrderByDescending(row => row.AmountMinor).ThenByDescending(row => row.Id),
        (true, false) => rows.OrderBy(row => row.AmountMinor).ThenBy(row => row.Id),
    };

    private static IQueryable<ExpenseItem> AsItems(this IQueryable<Expense> rows) =>
        rows.Select(row => new ExpenseItem(row.Id, row.Date, new Money(row.AmountMinor), row.Description, row.CategoryId));

    /// <summary>The rows on the far side of a place. The first half of each condition is what an index can seek by.</summary>
    private static Expression<Func<Expense, bool>> Beyond(ExpensePlace place, ExpenseFilter filter)
    {
        var (date, amount, id) = (place.Date, place.AmountMinor, place.Id);
        return (filter.SortsByAmount, filter.SortsDown != place.IsBefore) switch
        {
            (false, true) => row => row.Date <= date && (row.Date < date || row.Id < id),
            (false, false) => row => row.Date >= date && (row.Date > date || row.Id > id),
            (true, true) => row => row.AmountMinor <= amount && (row.AmountMinor < amount || row.Id < id),
            (true, false) => row => row.AmountMinor >= amount && (row.AmountMinor > amount || row.Id > id),
        };
    }
}
