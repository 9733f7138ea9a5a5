using ExpenseIQ.Database;

namespace ExpenseIQ.Features.Preferences;

/// <summary>Answers and keeps how a person likes pages.</summary>
internal static class PreferencesQueries
{
    public static Task<Habits?> FindHabitsAsync(this ExpenseDatabase database, long userId, CancellationToken cancellationToken) => database.FindAsync(
        $"select locale, currency, time_zone, date_format, first_weekday, theme from users where id = {userId}",
        row => new Habits(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.IsDBNull(4) ? null : (DayOfWeek)row.GetInt32(4), row.GetString(5)),
        cancellationToken);

    /// <summary>Pages show amounts and dates in another way then, so the ledger's version is counted on.</summary>
    public static Task<int> ChangeHabitsAsync(this ExpenseDatabase database, long userId, Habits habits, CancellationToken cancellationToken) => database.WriteAsync(
        async _ =>
        {
            await database.ExecuteAsync(Bookkeeping.OpenLedger(userId), cancellationToken);
            return await database.ExecuteAsync(
                $"""
                update users set locale = {habits.Locale}, currency = {habits.Currency}, time_zone = {habits.TimeZone}, date_format = {habits.DateFormat},
                  first_weekday = {Sql.OrNull((int?)habits.FirstWeekday)}, theme = {habits.Theme}
                where id = {userId}
                """,
                cancellationToken);
        },
        cancellationToken);
}
