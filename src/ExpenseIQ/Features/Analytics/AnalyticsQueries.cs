using ExpenseIQ.Database;
using ExpenseIQ.Database.Tables;
using ExpenseIQ.Domain;
using LinqToDB;
using LinqToDB.Async;

namespace ExpenseIQ.Features.Analytics;

/// <summary>Answers what a user spent by month and by category, from the monthly totals: as quick after twenty years as on the first day.</summary>
internal static class AnalyticsQueries
{
    private const int Months = 12;
    private const int Recent = 5;

    private static readonly Func<ExpenseDatabase, long, int, IQueryable<MonthRow>> MonthsUpTo = CompiledQuery.Compile(
        (ExpenseDatabase database, long user, int month) => database.GetTable<MonthlyTotal>()
            .Where(row => row.UserId == user && row.Month <= month)
            .GroupBy(row => row.Month)
            .Select(rows => new MonthRow { Month = rows.Key, Minor = rows.Sum(row => row.TotalMinor) })
            .OrderByDescending(row => row.Month)
            .Take(Months));

    private static readonly Func<ExpenseDatabase, long, int, IQueryable<CategoryRow>> CategoriesIn = CompiledQuery.Compile(
        (ExpenseDatabase database, long user, int month) =>
            from row in database.GetTable<MonthlyTotal>()
            where row.UserId == user && row.Month == month
            join category in database.GetTable<Category>() on row.CategoryId equals category.Id
            orderby row.TotalMinor descending, category.Id
            select new CategoryRow { Id = category.Id, Name = category.Name, Minor = row.TotalMinor });

    private static readonly Func<ExpenseDatabase, long, IQueryable<RecentRow>> Newest = CompiledQuery.Compile(
        (ExpenseDatabase database, long user) =>
            (from row in database.GetTable<Expense>()
             where row.UserId == user
             join category in database.GetTable<Category>() on row.CategoryId equals category.Id
             orderby row.Date descending, row.Id descending
             select new RecentRow
             {
                 Id = row.Id,
                 Minor = row.AmountMinor,
                 Description = row.Description,
                 Date = row.Date,
                 CategoryId = category.Id,
                 Category = category.Name,
             }).Take(Recent));

    /// <summary>The analytics of a month, as they stand on the user's today.</summary>
    public static async Task<Analytics> AnalyseAsync(
        this ExpenseDatabase database, long userId, Month month, DateOnly today, CancellationToken cancellationToken)
    {
        var months = await MonthsUpTo(database, userId, month.Number).ToListAsync(cancellationToken);
        var categories = await CategoriesIn(database, userId, month.Number).ToListAsync(cancellationToken);
        var recent = await Newest(database, userId).ToListAsync(cancellationToken);
        months.Reverse();
        return new Analytics(
            month,
            today,
            [.. months.Select(row => new MonthSum(new Month(row.Month), new Money(row.Minor)))],
            [.. categories.Select(row => new CategorySum(row.Id, row.Name, new Money(row.Minor)))],
            [.. recent.Select(row => new RecentExpense(row.Id, new Money(row.Minor), row.Description, row.Date, row.CategoryId, row.Category))]);
    }

    private sealed record MonthRow
    {
        public required int Month { get; init; }

        public required long Minor { get; init; }
    }

    private sealed record CategoryRow
    {
        public required long Id { get; init; }

        public required string Name { get; init; }

        public required long Minor { get; init; }
    }

    private sealed record RecentRow
    {
        public required long Id { get; init; }

        public required long Minor { get; init; }

        public required string Description { get; init; }

        public required DateOnly Date { get; init; }

        public required long CategoryId { get; init; }

        public required string Category { get; init; }
    }
}
