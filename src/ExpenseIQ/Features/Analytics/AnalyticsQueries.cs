using System.Data.Common;
using ExpenseIQ.Database;
using ExpenseIQ.Domain;

namespace ExpenseIQ.Features.Analytics;

/// <summary>Answers what a user spent by month and by category, from the kept totals: as quick after twenty years as on the first day.</summary>
internal static class AnalyticsQueries
{
    private const int Months = 12;
    private const int Recent = 5;

    /// <summary>
    /// The analytics of a month, as they stand on the user's today. One result with three kinds of rows: each result more would be
    /// another packet to wait for.
    /// </summary>
    public static async Task<Analytics> AnalyseAsync(
        this ExpenseDatabase database, long userId, Month month, DateOnly today, CancellationToken cancellationToken)
    {
        var rows = await database.ListAsync(
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
            """,
            Read,
            cancellationToken);
        return new Analytics(
            month,
            today,
            [.. rows.OfType<MonthSum>().OrderBy(sum => sum.Month)],
            [.. rows.OfType<CategorySum>().OrderByDescending(sum => sum.Total).ThenBy(sum => sum.Id)],
            [.. rows.OfType<RecentExpense>().OrderByDescending(row => row.Date).ThenByDescending(row => row.Id)]);
    }

    private static object Read(DbDataReader row) => row.GetInt32(0) switch
    {
        1 => new MonthSum(new Month(row.GetInt32(1)), new Money(row.GetInt64(2))),
        2 => new CategorySum(row.GetInt64(1), row.GetString(4), new Money(row.GetInt64(2))),
        _ => new RecentExpense(row.GetInt64(1), new Money(row.GetInt64(2)), row.GetString(5), row.GetDate(6), row.GetInt64(3), row.GetString(4)),
    };
}
