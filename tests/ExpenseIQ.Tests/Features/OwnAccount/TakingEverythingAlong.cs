using System.Globalization;
using System.Text.Json;
using ExpenseIQ.Domain;
using ExpenseIQ.Features.Accounts;
using ExpenseIQ.Tests.Running;
using Microsoft.Extensions.Time.Testing;

namespace ExpenseIQ.Tests.Features.OwnAccount;

public sealed class TakingEverythingAlong(SharedApp shared)
{
    private const string Path = "/settings/account/download";

    /// <summary>Every column of the tables with a person's rows: under which member it is, or why it is not there.</summary>
    private static readonly Dictionary<string, string> Columns = new(StringComparer.Ordinal)
    {
        ["users.id"] = "- names nobody outside",
        ["users.username"] = "account.username",
        ["users.email"] = "account.email",
        ["users.password"] = "- secret",
        ["users.security_stamp"] = "- secret",
        ["users.is_admin"] = "account.is_administrator",
        ["users.time_zone"] = "settings.time_zone",
        ["users.locale"] = "settings.locale",
        ["users.currency"] = "settings.currency",
        ["users.created_at"] = "account.created_at",
        ["users.theme"] = "settings.theme",
        ["users.date_format"] = "settings.date_format",
        ["users.first_weekday"] = "settings.first_weekday",
        ["users.disabled_at"] = "- null for whoever can ask",
        ["users.leaving_at"] = "- null for whoever can ask",
        ["users.seen_at"] = "account.seen_at",
        ["users.totp_key"] = "- secret; account.asks_for_code says whether there is one",
        ["users.totp_step"] = "- part of a secret",
        ["categories.id"] = "categories.id",
        ["categories.user_id"] = "-",
        ["categories.name"] = "categories.name",
        ["categories.owner_id"] = "-",
        ["expenses.id"] = "expenses.id",
        ["expenses.user_id"] = "-",
        ["expenses.category_id"] = "expenses.category_id",
        ["expenses.amount_minor"] = "expenses.amount_minor",
        ["expenses.amount"] = "expenses.amount",
        ["expenses.description"] = "expenses.description",
        ["expenses.text_key"] = "- made from the description",
        ["expenses.month"] = "- made from the date",
        ["expenses.date"] = "expenses.date",
        ["expenses.created_at"] = "expenses.created_at",
        ["expenses.updated_at"] = "expenses.updated_at",
        ["expenses.version"] = "expenses.version",
        ["ledgers.user_id"] = "-",
        ["ledgers.version"] = "- counts changes, for caches",
        ["ledgers.expense_count"] = "account.expense_count",
        ["ledgers.total_minor"] = "account.total_minor",
        ["ledgers.samples_at"] = "account.sample_expenses_added_at",
        ["totals.*"] = "- sums of the expenses",
        ["search_texts.*"] = "- made from the descriptions",
        ["submissions.user_id"] = "-",
        ["submissions.submission_key"] = "- undoes what the form did",
        ["submissions.expense_id"] = "changes.expense_id",
        ["submissions.created_at"] = "changes.at",
        ["submissions.kind"] = "changes.kind",
        ["submissions.version"] = "changes.version",
        ["submissions.before_date"] = "changes.before",
        ["submissions.before_category_id"] = "changes.before",
        ["submissions.before_amount_minor"] = "changes.before",
        ["submissions.before_description"] = "changes.before",
        ["submissions.before_created_at"] = "changes.before",
        ["sessions.user_id"] = "-",
        ["sessions.token_hash"] = "- secret",
        ["sessions.created_at"] = "sessions.created_at",
        ["sessions.used_at"] = "sessions.used_at",
        ["sessions.expires_at"] = "sessions.expires_at",
        ["sessions.confirmed_at"] = "sessions.confirmed_at",
        ["sessions.is_remembered"] = "sessions.is_remembered",
        ["sessions.method"] = "sessions.method",
        ["sessions.address"] = "sessions.address",
        ["sessions.user_agent"] = "sessions.user_agent",
        ["devices.user_id"] = "-",
        ["devices.token_hash"] = "- secret",
        ["devices.created_at"] = "browsers.created_at",
        ["devices.used_at"] = "browsers.used_at",
        ["devices.code_until"] = "browsers.needs_no_code_until",
        ["devices.user_agent"] = "browsers.user_agent",
        ["recovery_codes.user_id"] = "-",
        ["recovery_codes.code_hash"] = "- secret",
        ["recovery_codes.used_at"] = "account.recovery_codes_left",
        ["passkeys.user_id"] = "-",
        ["passkeys.credential_hash"] = "- a key",
        ["passkeys.credential_id"] = "- a key",
        ["passkeys.public_key"] = "- a key",
        ["passkeys.name"] = "passkeys.name",
        ["passkeys.created_at"] = "passkeys.created_at",
        ["passkeys.used_at"] = "passkeys.used_at",
        ["passkeys.sign_count"] = "passkeys.sign_count",
        ["passkeys.transports"] = "passkeys.transports",
        ["passkeys.is_user_verified"] = "passkeys.is_user_verified",
        ["passkeys.is_backup_eligible"] = "passkeys.is_backup_eligible",
        ["passkeys.is_backed_up"] = "passkeys.is_backed_up",
        ["one_time_tokens.*"] = "- secrets, for minutes",
        ["security_events.id"] = "-",
        ["security_events.user_id"] = "-",
        ["security_events.at"] = "security_events.at",
        ["security_events.kind"] = "security_events.kind",
        ["security_events.address"] = "security_events.address",
        ["security_events.user_agent"] = "security_events.user_agent",
        ["security_events.detail"] = "security_events.detail",
        ["security_events.actor_id"] = "security_events.is_by_administrator",
        ["security_events.mail"] = "- what the server has still to send",
        ["security_events.mail_at"] = "- when it sends it",
    };

    private RunningApp App => shared.App;

    [Fact]
    public async Task Is_a_file_that_agrees_with_the_database_row_by_row()
    {
        using var owner = await FillAsync();
        var user = await App.UserOfAsync(owner);
        var answer = (await owner.GetAsync(Path)).MustBe(200);
        Assert.Equal("application/json", answer.MediaType);
        Assert.Matches(@"^attachment; filename=""?expenseiq-person_\w+-\d{4}-\d\d-\d\d\.json", answer.Headers["Content-Disposition"]);
        Assert.Equal("no-store, private", string.Join(", ", answer.Headers["Cache-Control"].Split(", ").Order(StringComparer.Ordinal)));

        var json = answer.Json;
        Assert.Equal(("expenseiq-account", 1), (json.GetProperty("format").GetString(), json.GetProperty("version").GetInt32()));
        var account = json.GetProperty("account");
        Assert.Equal((owner.Username, owner.Email, user.IsAdmin), (account.GetProperty("username").GetString(), account.GetProperty("email").GetString(), account.GetProperty("is_administrator").GetBoolean()));
        Assert.Equal((2, "1246.99", 124699), (account.GetProperty("expense_count").GetInt64(), account.GetProperty("total").GetString(), account.GetProperty("total_minor").GetInt64()));
        Assert.Equal((true, 1), (account.GetProperty("asks_for_code").GetBoolean(), account.GetProperty("recovery_codes_left").GetInt32()));
        Assert.Equal(Moment(user.CreatedAt), account.GetProperty("created_at").GetString());
        var settings = json.GetProperty("settings");
        Assert.Equal(("EUR", "de-DE", "ymd", 6, "dark", "Etc/UTC"), (
            settings.GetProperty("currency").GetString(), settings.GetProperty("locale").GetString(), settings.GetProperty("date_format").GetString(),
            settings.GetProperty("first_weekday").GetInt32(), settings.GetProperty("theme").GetString(), settings.GetProperty("time_zone").GetString()));

        var rows = (await App.ExpensesOfAsync(owner)).OrderBy(row => row.Date).ToList();
        var expenses = json.GetProperty("expenses").EnumerateArray().ToList();
        Assert.Equal(rows.Count, expenses.Count);
        foreach (var (row, expense) in rows.Zip(expenses))
        {
            Assert.Equal((row.Id, Dates.ToInput(row.Date), row.AmountMinor, row.Description, row.CategoryId, row.Version), (
                expense.GetProperty("id").GetInt64(), expense.GetProperty("date").GetString(), expense.GetProperty("amount_minor").GetInt64(),
                expense.GetProperty("description").GetString(), expense.GetProperty("category_id").GetInt64(), expense.GetProperty("version").GetInt32()));
            Assert.Equal(new Money(row.AmountMinor).ToString(), expense.GetProperty("amount").GetString());
            Assert.Equal((Moment(row.CreatedAt), Moment(row.UpdatedAt)), (expense.GetProperty("created_at").GetString(), expense.GetProperty("updated_at").GetString()));
        }
        Assert.Equal(["Food", "Model trains"], expenses.Select(expense => expense.GetProperty("category").GetString()));
        Assert.Equal(["Model trains"], json.GetProperty("categories").EnumerateArray().Select(category => category.GetProperty("name").GetString()));

        var changes = json.GetProperty("changes").EnumerateArray().ToList();
        Assert.Equal(["added", "added", "added", "deleted"], changes.Select(change => change.GetProperty("kind").GetString()));
        Assert.Equal("taken back", changes[3].GetProperty("before").GetProperty("description").GetString());
        foreach (var (member, table) in new[] { ("sessions", "sessions"), ("browsers", "devices"), ("passkeys", "passkeys"), ("security_events", "security_events") })
            Assert.Equal(await shared.Database.ScalarAsync($"select count(*) from {table} where user_id = {user.Id}"), $"{json.GetProperty(member).GetArrayLength()}");
        Assert.Equal("password", json.GetProperty("sessions")[0].GetProperty("method").GetString());
        Assert.Equal("My phone", json.GetProperty("passkeys")[0].GetProperty("name").GetString());
        var events = json.GetProperty("security_events").EnumerateArray().ToList();
        Assert.Equal("registered", events[0].GetProperty("kind").GetString());
        Assert.Equal("account_downloaded", events[^1].GetProperty("kind").GetString());
        Assert.Equal("127.0.0.1", events[0].GetProperty("address").GetString());
        var act = Assert.Single(events, happened => happened.GetProperty("is_by_administrator").GetBoolean());
        Assert.False(act.TryGetProperty("address", out _));
    }

    [Fact]
    public async Task Nothing_in_it_proves_anything()
    {
        using var owner = await FillAsync();
        var id = (await App.UserOfAsync(owner)).Id;
        var text = (await owner.GetAsync(Path)).MustBe(200).Text;
        var secrets = new List<string?>();
        foreach (var sql in new[]
        {
            "select password from users where id = U", "select totp_key from users where id = U", "select lower(hex(token_hash)) from sessions where user_id = U",
            "select lower(hex(token_hash)) from devices where user_id = U", "select lower(hex(code_hash)) from recovery_codes where user_id = U",
            "select credential_id from passkeys where user_id = U", "select public_key from passkeys where user_id = U", "select submission_key from submissions where user_id = U",
        }) secrets.AddRange((await shared.Database.QueryAsync(sql.Replace("U", $"{id}", StringComparison.Ordinal))).Select(row => row[0]));
        Assert.True(secrets.Count >= 8);
        Assert.All(secrets, secret => Assert.DoesNotContain(secret!, text, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(owner.CookieOf("expenseiq")!.Split('.')[1], text, StringComparison.Ordinal);
        Assert.DoesNotContain("192.0.2.77", text, StringComparison.Ordinal);
    }

    /// <summary>A column that is new has to be thought of.</summary>
    [Fact]
    public async Task Every_column_is_in_it_or_left_out_for_a_reason()
    {
        using var owner = await FillAsync();
        var json = (await owner.GetAsync(Path)).MustBe(200).Json;
        string[] notPersonal = ["data_protection_keys", "guesses", "schedule", "schema_migrations", "site"];
        foreach (var column in (await SchemaReader.Of(shared.Database).ColumnsAsync()).Select(line => line.Split(' ')[0]))
        {
            var table = column.Split('.')[0];
            if (notPersonal.Contains(table)) continue;
            Assert.True(Columns.TryGetValue(column, out var where) || Columns.TryGetValue($"{table}.*", out where), $"{column} is not in the file, and nothing says why.");
            if (where!.StartsWith('-')) continue;
            var at = json;
            foreach (var name in where.Split('.'))
            {
                if (at.ValueKind == JsonValueKind.Array) at = at[0];
                Assert.True(at.TryGetProperty(name, out at), $"{column} is not at {where}.");
            }
        }
    }

    [Fact]
    public async Task Is_recorded_and_asks_first_who_it_is_where_that_was_long_ago()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2024, 11, 15, 12, 0, 0, TimeSpan.Zero));
        await using var app = await shared.StartAnotherAsync(clock);
        using var owner = await app.OpenAsNewUserAsync();
        clock.Advance(TimeSpan.FromMinutes(11));
        var asked = (await owner.GetAsync(Path)).MustBe(302).Location!;
        Assert.Equal("/confirm?next=%2Fsettings%2Faccount%3Fdownload%3D1", asked);
        var back = (await owner.PostFormAsync(asked, ("password", Browser.Password))).MustBe(302).Location!;
        var link = (await owner.GetAsync(back)).MustBe(200).Page.QuerySelector("main a.button-primary")!;
        Assert.False(link.HasAttribute("download")); // a browser would keep the page that asks as the file
        (await owner.GetAsync(link.GetAttribute("href")!)).MustBe(200);
        var id = (await app.UserOfAsync(owner)).Id;
        Assert.Equal("1", await shared.Database.ScalarAsync($"select count(*) from security_events where user_id = {id} and kind = {(int)SecurityEvent.AccountDownloaded}"));
    }

    [Fact]
    public async Task Signed_out_there_is_none()
    {
        using var nobody = App.Open();
        Assert.StartsWith("/login", new Uri(App.Address, (await nobody.GetAsync(Path)).MustBe(302).Location).AbsolutePath, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_with_nothing_in_it_is_a_file_too()
    {
        using var owner = await App.OpenAsNewUserAsync();
        var json = (await owner.GetAsync(Path)).MustBe(200).Json;
        Assert.Equal((0, 0), (json.GetProperty("expenses").GetArrayLength(), json.GetProperty("categories").GetArrayLength()));
        Assert.Equal(JsonValueKind.Null, json.GetProperty("settings").GetProperty("first_weekday").ValueKind);
    }

    /// <summary>Somebody with at least one row of everything.</summary>
    private async Task<Browser> FillAsync()
    {
        var owner = await App.OpenAsNewUserAsync();
        var id = (await App.UserOfAsync(owner)).Id;
        var category = await App.AddOwnCategoryAsync(owner, "Model trains");
        await owner.AddExpenseAsync("12.49", "2024-11-05", description: "Käse & “Brot” <b> 🍞");
        await owner.AddExpenseAsync("1234.50", "2024-11-06", category, "Lok");
        await owner.AddExpenseAsync("7", "2024-11-07", description: "taken back");
        var last = (await App.ExpensesOfAsync(owner))[^1].Id;
        (await owner.PostFormAsync($"/expenses/{last}/delete")).MustBe(302);
        (await owner.PostFormAsync("/settings", ("currency", "EUR"), ("locale", "de-DE"), ("date_format", "ymd"), ("first_weekday", "6"), ("theme", "dark"))).MustBe(302);
        var bytes = Engine.IsEmbedded ? "randomblob(32)" : "random_bytes(32)";
        await shared.Database.ExecuteAsync(
            $"update users set totp_key = 'the key of the app, encrypted' where id = {id}",
            $"insert into recovery_codes (user_id, code_hash) values ({id}, {bytes})",
            $"insert into recovery_codes (user_id, code_hash, used_at) values ({id}, {bytes}, '2024-11-05 12:00:00.000')",
            $"""
            insert into passkeys (user_id, credential_hash, credential_id, public_key, name, created_at, sign_count, transports, is_user_verified, is_backup_eligible, is_backed_up)
            values ({id}, {bytes}, 'the-credential-of-{id}', 'the-public-key-of-{id}', 'My phone', '2024-11-05 12:00:00.000', 3, 'internal', true, false, false)
            """,
            $"insert into security_events (user_id, at, kind, address, user_agent, detail, actor_id) values ({id}, '2024-11-05 12:00:00.000', 43, '192.0.2.77', 'Firefox', '', 999999)");
        return owner;
    }

    private static string Moment(DateTime utc) => utc.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
