using System.Data.Common;
using ExpenseIQ.Database;
using ExpenseIQ.Domain;

namespace ExpenseIQ.Features.Analytics;

/// <summary>Answers what a user spent by month and by category, from the kept totals: as quick after twenty years as on the first day.</summary>
internal static class AnalyticsQueries
{
    private const int Months = 12;
    private const int Recent = 5;

    /// <summary>The analytics of a month, as they stand on the user's today.</summary>
    public static Task<Analytics> AnalyseAsync(
        this ExpenseDatabase database, long userId, Month month, DateOnly today, CancellationToken cancellationToken) =>
        database.ReadAsync(
            $"""
            select bucket, total_minor from totals
            where user_id = {userId} and kind = {TotalKind.Month} and bucket <= {month.Number} order by bucket desc {Sql.Limit(Months)};
            select t.category_id, c.name, t.total_minor from totals t join categories c on c.id = t.category_id
            where t.user_id = {userId} and t.kind = {TotalKind.MonthAndCategory} and t.bucket = {month.Number} order by t.total_minor desc, t.category_id;
            select e.id, e.amount_minor, e.description, e.date, e.category_id, c.name
            from expenses e {Sql.Raw(database.Dialect.Using("expenses_by_date"))} join categories c on c.id = e.category_id
            where e.user_id = {userId} order by e.date desc, e.id desc {Sql.Limit(Recent)}
            """,
            async reader =>
            {
                var months = await reader.ListAsync(ReadMonth, cancellationToken);
                months.Reverse();
                return new Analytics(
                    month,
                    today,
                    months,
                    await reader.NextListAsync(ReadCategory, cancellationToken),
                    await reader.NextListAsync(ReadRecent, cancellationToken));
            },
            cancellationToken);

    private static MonthSum ReadMonth(DbDataReader row) => new(new Month(row.GetInt32(0)), new Money(row.GetInt64(1)));

    private static CategorySum ReadCategory(DbDataReader row) => new(row.GetInt64(0), row.GetString(1), new Money(row.GetInt64(2)));

    private static RecentExpense ReadRecent(DbDataReader row) =>
        new(row.GetInt64(0), new Money(row.GetInt64(1)), row.GetString(2), row.GetDate(3), row.GetInt64(4), row.GetString(5));
}
