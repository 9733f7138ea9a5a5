using System.Data.Common;
using ExpenseIQ.Tests.Running;

namespace ExpenseIQ.Tests.Database;

/// <summary>What the schema itself does and refuses, whatever program writes to it.</summary>
public sealed class SchemaGuards(MigratedDatabase migrated) : IClassFixture<MigratedDatabase>
{
    private ScratchDatabase Database => migrated.Database;

    [Theory]
    [InlineData(1)]
    [InlineData(1250)]
    [InlineData(999_999_999_999)]
    [InlineData(-5)]
    public async Task An_amount_is_shown_with_its_decimals(long minor)
    {
        var id = await Database.AddUserAsync();
        await Database.AddExpenseAsync(id, minor);
        var shown = await Database.ScalarAsync($"select amount from expenses where user_id = {id}");
        Assert.Equal(minor / 100m, decimal.Parse(shown!, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task With_a_user_goes_all_that_is_the_users()
    {
        var id = await Database.AddUserAsync();
        await Database.AddExpenseAsync(id, 100);
        await Database.ExecuteAsync(
            $"insert into categories (user_id, name) values ({id}, 'Own')",
            $"insert into totals (user_id, kind, bucket, category_id, expense_count, total_minor) values ({id}, 1, 202411, 1, 1, 100)",
            $"insert into search_texts (user_id, text_key, text, expense_count, total_minor) values ({id}, {Database.Dialect.TextKeyOf("'own'")}, 'own', 1, 100)",
            $"insert into submissions (user_id, submission_key, expense_id, created_at) values ({id}, 'k', 1, '2024-11-05 00:00:00.000')",
            $"delete from users where id = {id}");
        foreach (var table in new[] { "expenses", "categories", "ledgers", "totals", "search_texts", "submissions" })
            Assert.Equal("0", await Database.ScalarAsync($"select count(*) from {table} where user_id = {id}"));
    }

    [Fact]
    public async Task A_category_in_use_stays()
    {
        var id = await Database.AddUserAsync();
        await Database.AddExpenseAsync(id, 100);
        await Assert.ThrowsAnyAsync<DbException>(() => Database.ExecuteAsync("delete from categories where id = 1"));
    }

    [Theory]
    [InlineData("insert into categories (user_id, name) values (null, 'Food')")]
    [InlineData("insert into users (username, email, password, security_stamp, time_zone, locale, currency, created_at) values ('GUARD', 'other@example.org', '', '', '', '', 'EUR', '2024-11-05 00:00:00.000')")]
    [InlineData("insert into users (username, email, password, security_stamp, time_zone, locale, currency, created_at) values ('other', 'GUARD@example.org', '', '', '', '', 'EUR', '2024-11-05 00:00:00.000')")]
    [InlineData("insert into expenses (user_id, category_id, amount_minor, description, date, created_at, updated_at) values (999999, 1, 1, '', '2024-11-05', '2024-11-05 00:00:00.000', '2024-11-05 00:00:00.000')")]
    [InlineData("insert into expenses (user_id, category_id, amount_minor, description, date, created_at, updated_at) select id, 999999, 1, '', '2024-11-05', '2024-11-05 00:00:00.000', '2024-11-05 00:00:00.000' from users where username = 'guard'")]
    [InlineData("insert into expenses (user_id, category_id, amount_minor, description, date, created_at, updated_at) select id, 1, 1000000000000, '', '2024-11-05', '2024-11-05 00:00:00.000', '2024-11-05 00:00:00.000' from users where username = 'guard'")]
    public async Task What_must_not_be_is_refused(string sql)
    {
        await Database.AddUserAsync("guard");
        await Assert.ThrowsAnyAsync<DbException>(() => Database.ExecuteAsync(sql));
    }
}
