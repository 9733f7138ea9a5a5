using ExpenseIQ.Database;
using ExpenseIQ.Domain;
using ExpenseIQ.Features.Expenses;
using ExpenseIQ.Tests.Running;

namespace ExpenseIQ.Tests.Database;

/// <summary>Each kind of damage is named, and nothing else with it.</summary>
public sealed class VerifyingData(MigratedDatabase migrated) : IClassFixture<MigratedDatabase>
{
    /// <summary>For damage that the keys would keep out.</summary>
    private static readonly string GuardsOff = Engine.IsEmbedded ? "pragma foreign_keys = off" : "set foreign_key_checks = 0";
    private static readonly string GuardsOn = Engine.IsEmbedded ? "pragma foreign_keys = on" : "set foreign_key_checks = 1";

    private ScratchDatabase Database => migrated.Database;

    /// <summary>What is found, what damages (user U, another A, expense E, own category C of A), what mends again.</summary>
    public static TheoryData<string, string, string> Damages => new()
    {
        { "total of a month differs from its expenses", "update totals set total_minor = total_minor + 1 where user_id = U and kind = 1", "update totals set total_minor = total_minor - 1 where user_id = U and kind = 1" },
        { "total of a month differs from its expenses", "update totals set expense_count = 7 where user_id = U and kind = 1", "update totals set expense_count = 1 where user_id = U and kind = 1" },
        { "total of a month and category differs from its expenses", "insert into totals values (U, 2, 202301, 1, 1, 100)", "delete from totals where user_id = U and bucket = 202301" },
        { "total of a category differs from its expenses", "delete from totals where user_id = U and kind = 3", "insert into totals values (U, 3, 0, 1, 1, 1250)" },
        { "total of a day and category differs from its expenses", "update totals set bucket = 20241106 where user_id = U and kind = 4", "update totals set bucket = 20241105 where user_id = U and kind = 4" },
        { "total of amounts (level 0) differs from its expenses", "update totals set total_minor = 1 where user_id = U and kind = 16", "update totals set total_minor = 1250 where user_id = U and kind = 16" },
        { "total of amounts (level 2) differs from its expenses", "update totals set bucket = 2 where user_id = U and kind = 18", "update totals set bucket = 1 where user_id = U and kind = 18" },
        { "total of amounts (level 3) differs from its expenses", "insert into totals values (U, 19, 1, 0, 1, 1250)", "delete from totals where user_id = U and kind = 19" },
        { "total of an unknown kind", "insert into totals values (U, 9, 1, 0, 1, 1250)", "delete from totals where user_id = U and kind = 9" },
        { "total without expenses", "insert into totals values (U, 2, 202301, 1, 0, 0)", "delete from totals where user_id = U and bucket = 202301" },
        { "search text differs from its expenses", "update search_texts set expense_count = 2 where user_id = U", "update search_texts set expense_count = 1 where user_id = U" },
        { "search text without expenses", "insert into search_texts select user_id, K, 'dinner', 0, 0 from search_texts where user_id = U", "delete from search_texts where user_id = U and text = 'dinner'" },
        { "search text under another key than its own", "update search_texts set text = 'dinner' where user_id = U", "update search_texts set text = 'lunch' where user_id = U" },
        { "ledger differs from the user's expenses", "update ledgers set expense_count = expense_count + 1 where user_id = U", "update ledgers set expense_count = expense_count - 1 where user_id = U" },
        { "ledger differs from the user's expenses", "update ledgers set total_minor = total_minor - 1 where user_id = A", "update ledgers set total_minor = total_minor + 1 where user_id = A" },
        { "user without a ledger", "delete from ledgers where user_id = A", "insert into ledgers (user_id) values (A)" },
        { "expense of nobody", "update expenses set user_id = 999999 where id = E", "update expenses set user_id = U where id = E" },
        { "expense without a category", "update expenses set category_id = 999999 where id = E", "update expenses set category_id = 1 where id = E" },
        { "expense in somebody else's category", "update expenses set category_id = C where id = E", "update expenses set category_id = 1 where id = E" },
        { "expense with an amount out of range", "update expenses set amount_minor = 0 where id = E", "update expenses set amount_minor = 1250 where id = E" },
        { "expense with an amount out of range", "update expenses set amount_minor = -1250 where id = E", "update expenses set amount_minor = 1250 where id = E" },
        { "expense with a date out of range", "update expenses set date = '1899-12-31' where id = E", "update expenses set date = '2024-11-05' where id = E" },
        { "expense with a date out of range", "update expenses set date = '2200-01-01' where id = E", "update expenses set date = '2024-11-05' where id = E" },
        { "default category missing or double", "update categories set name = 'Fodder' where id = 1", "update categories set name = 'Food' where id = 1" },
        { "own category named like a default", "update categories set name = 'Food' where id = C", "update categories set name = 'Hobby' where id = C" },
        { "category of nobody", "update categories set user_id = 999999 where id = C", "update categories set user_id = A where id = C" },
        { "first user without the administrator's role", "update site set first_user_id = U", "update site set first_user_id = null" },
        { "the site has no row of its own", "delete from site", "insert into site (id) values (1)" },
        { "search text differs from the description", "update expenses set description = 'Dinner' where id = E", "update expenses set description = 'Lunch' where id = E" },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task Names_the_damage(string finding, string damage, string mend)
    {
        var names = await NamesAsync();
        Assert.Empty(await Database.VerifyAsync());

        await Database.ExecuteAsync(GuardsOff, Fill(damage), GuardsOn);
        var findings = await Database.VerifyAsync();
        await Database.ExecuteAsync(GuardsOff, Fill(mend), GuardsOn);

        Assert.Contains(findings, line => line.StartsWith(finding + ": ", StringComparison.Ordinal));
        Assert.Empty(await Database.VerifyAsync());

        string Fill(string sql) => names.Aggregate(sql, (text, name) => System.Text.RegularExpressions.Regex.Replace(text, $@"\b{name.Key}\b", name.Value));
    }

    [Fact]
    public async Task Names_no_more_than_can_be_read_of_one_kind()
    {
        await NamesAsync();
        var id = await Database.AddUserAsync();
        for (var month = 1; month <= 25; month++)
            await Database.AddExpenseAsync(id, 100, date: new DateOnly(2020, 1, 1).AddMonths(month).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        var findings = await Database.VerifyAsync();
        await Database.ExecuteAsync($"delete from users where id = {id}");
        Assert.Equal(20, findings.Count(line => line.StartsWith("total of a month differs", StringComparison.Ordinal)));
    }

    private async Task<Dictionary<string, string>> NamesAsync()
    {
        var user = await Database.AddUserAsync("verified");
        var another = await Database.AddUserAsync("another");
        if (await Database.ScalarAsync($"select id from expenses where user_id = {user}") is null)
        {
            await Database.ExecuteAsync($"insert into categories (user_id, name) values ({another}, 'Hobby')");
            var input = new ExpenseInput(new Money(1250), 1, "Lunch", new DateOnly(2024, 11, 5));
            await Database.WithAsync(database => database.AddExpenseAsync(user, input, ExpenseForm.NewSubmission(), new DateTime(2024, 11, 5), CancellationToken.None));
        }
        return new Dictionary<string, string>
        {
            ["K"] = Database.Dialect.TextKeyOf("'dinner'"),
            ["U"] = $"{user}",
            ["A"] = $"{another}",
            ["E"] = (await Database.ScalarAsync($"select id from expenses where user_id = {user}"))!,
            ["C"] = (await Database.ScalarAsync($"select id from categories where user_id = {another}"))!,
        };
    }
}
