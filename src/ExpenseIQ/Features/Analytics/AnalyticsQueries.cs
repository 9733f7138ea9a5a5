using System.Data.Common;
using ExpenseIQ.Database;
using ExpenseIQ.Domain;

namespace ExpenseIQ.Features.Analytics;

/// <summary>Answers what a user spent by month and by category, from the kept totals: as quick after twenty years as on the first day.</summary>
internal static class AnalyticsQueries
{
    private const int Months = 12;
    private const int Recent = 5;
    private const int Largest = 5;

    /// <summary>
    /// The analytics of a month, as they stand on the user's today. One result with three kinds of rows: each result more would be
    /// another packet to wait for.
    /// </summary>
    public static async Task<Analytics> AnalyseAsync(
        this ExpenseDatabase database, long userId, Month month, DateOnly today, CancellationToken cancellationToken) =>
        Assemble(month, today, await database.ListAsync(Select(database, userId, month), Read, cancellationToken));

    /// <summary>The same, with the largest expenses of the month and how far the month before had come by the same day.</summary>
    public static async Task<Analytics> AnalyseInDetailAsync(
        this ExpenseDatabase database, long userId, Month month, DateOnly today, CancellationToken cancellationToken)
    {
        var day = Analytics.SameDayBefore(month, today);
        var rows = await database.ListAsync(
            $"""
            {Select(database, userId, month)}
            union all
            select 4, e.id, e.amount_minor, e.category_id, c.name, e.description, e.date from (
              select id, amount_minor, category_id, description, date from expenses {Sql.Raw(database.Dialect.Using("expenses_by_month"))}
              where user_id = {userId} and month = {month.Number} order by amount_minor desc, id desc {Sql.Limit(Largest)}) e join categories c on c.id = e.category_id
            union all
            select 5, 0, coalesce(sum(total_minor), 0), 0, '', '', null from totals
            where user_id = {userId} and kind = {TotalKind.DayAndCategory}
              and bucket >= {TotalKey.DayOf(month.AddMonths(-1).First)} and bucket <= {TotalKey.DayOf(day)}
            """,
            Read,
            cancellationToken);
        return Assemble(month, today, rows);
    }

    private static Sql Select(ExpenseDatabase database, long userId, Month month) =>
        $"""
        select 1, bucket, total_minor, 0, '', '', null from (
          select bucket, total_minor from totals
          where user_id = {userId} and kind = {TotalKind.Month} and bucket <= {month.Number} order by bucket desc {Sql.Limit(Months)}) months
        union all
        select 2, t.category_id, t.total_minor, 0, c.name, '', null from totals t join categories c on c.id = t.category_id
        where t.user_id = {userId} and t.kind = {TotalKind.MonthAndCategory} and t.bucket = {month.Number}
        union all
        select 3, e.id, e.amount_minor, e.category_id, c.name, e.description, e.date from (
          select id, amount_minor, category_id, description, date from expenses {Sql.Raw(database.Dialect.Using("expenses_by_date"))}
          where user_id = {userId} order by date desc, id desc {Sql.Limit(Recent)}) e join categories c on c.id = e.category_id
        """;

    private static Analytics Assemble(Month month, DateOnly today, IReadOnlyCollection<(int Kind, object Row)> rows) => new(
        month,
        today,
        [.. Of<MonthSum>(rows, 1).OrderBy(sum => sum.Month)],
        [.. Of<CategorySum>(rows, 2).OrderByDescending(sum => sum.Total).ThenBy(sum => sum.Id)],
        [.. Of<RecentExpense>(rows, 3).OrderByDescending(row => row.Date).ThenByDescending(row => row.Id)])
    {
        Largest = [.. Of<RecentExpense>(rows, 4).OrderByDescending(row => row.Amount).ThenByDescending(row => row.Id)],
        LastMonthSoFar = Of<Money>(rows, 5).FirstOrDefault(),
    };

    private static IEnumerable<T> Of<T>(IEnumerable<(int Kind, object Row)> rows, int kind) => rows.Where(row => row.Kind == kind).Select(row => (T)row.Row);

    private static (int Kind, object Row) Read(DbDataReader row)
    {
        var kind = row.GetInt32(0);
        return (kind, kind switch
        {
            1 => new MonthSum(new Month(row.GetInt32(1)), new Money(row.GetInt64(2))),
            2 => new CategorySum(row.GetInt64(1), row.GetString(4), new Money(row.GetInt64(2))),
            5 => new Money(row.GetInt64(2)),
            _ => new RecentExpense(row.GetInt64(1), new Money(row.GetInt64(2)), row.GetString(5), row.GetDate(6), row.GetInt64(3), row.GetString(4)),
        });
    }
}
