namespace ExpenseIQ.Tests.Running;

/// <summary>Rows written with SQL, past the program's own rules.</summary>
internal static class RowsByHand
{
    private const string Moment = "'2024-11-05 12:00:00.000'";

    /// <summary>A user with an empty ledger; the one of that name where there is one.</summary>
    public static async Task<long> AddUserAsync(this ScratchDatabase database, string? username = null)
    {
        var name = username ?? Browser.NewName();
        var find = $"select id from users where username = '{name}'";
        if (await database.ScalarAsync(find) is null)
        {
            await database.ExecuteAsync(
                $"""
                insert into users (username, email, password, security_stamp, time_zone, locale, currency, created_at)
                values ('{name}', '{name}@example.org', '', '', 'Etc/UTC', 'en-US', 'USD', {Moment})
                """,
                $"insert into ledgers (user_id) select id from users where username = '{name}'");
        }
        return long.Parse((await database.ScalarAsync(find))!, System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>An expense and nothing else: the totals do not know of it.</summary>
    public static Task AddExpenseAsync(this ScratchDatabase database, long userId, long minor, long category = 1, string date = "2024-11-05") =>
        database.ExecuteAsync($"""
            insert into expenses (user_id, category_id, amount_minor, description, text_key, date, created_at, updated_at)
            values ({userId}, {category}, {minor}, 'by hand', {database.Dialect.TextKeyOf("'by hand'")}, '{date}', {Moment}, {Moment})
            """);
}
