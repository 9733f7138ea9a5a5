using System.Globalization;
using ExpenseIQ.Tests.Running;

namespace ExpenseIQ.Tests.Security;

/// <summary>Somebody signed in who has one of everything that an account can have; each text that is theirs alone says <see cref="Canary"/>.</summary>
internal sealed class Owner : IDisposable
{
    public const string Canary = "zqcanary";

    private readonly ScratchDatabase database;

    private Owner(ScratchDatabase database, Browser browser) => (this.database, Browser) = (database, browser);

    public Browser Browser { get; }

    public long UserId { get; private set; }

    public string ExpenseId { get; private set; } = "";

    public string CategoryId { get; private set; } = "";

    /// <summary>Names a form that deleted an expense.</summary>
    public string UndoKey { get; private set; } = "";

    /// <summary>Names a session on another browser.</summary>
    public string SessionKey { get; private set; } = "";

    public string PasskeyKey { get; private set; } = "";

    public static async Task<Owner> OpenAsync(RunningApp app, ScratchDatabase database)
    {
        var owner = new Owner(database, await app.OpenAsNewUserAsync());
        var browser = owner.Browser;
        owner.UserId = long.Parse((await database.ScalarAsync($"select id from users where username = '{browser.Username}'"))!, CultureInfo.InvariantCulture);
        owner.CategoryId = (await app.AddOwnCategoryAsync(browser, $"{Canary} category")).ToString(CultureInfo.InvariantCulture);
        await browser.AddExpenseAsync("47.11", "2024-11-05", description: $"{Canary} dinner");
        await browser.AddExpenseAsync("8.15", "2024-11-06", description: $"{Canary} deleted");
        var rows = await app.ExpensesOfAsync(browser);
        owner.ExpenseId = $"{rows[0].Id}";
        var deleted = (await browser.PostFormAsync($"/expenses/{rows[1].Id}/delete")).MustBe(302);
        owner.UndoKey = deleted.Location!.Split("done=")[1];

        owner.PasskeyKey = Convert.ToHexStringLower(Guid.NewGuid().ToByteArray().Concat(Guid.NewGuid().ToByteArray()).ToArray());
        await database.ExecuteAsync(
            $"""
            insert into passkeys (user_id, credential_hash, credential_id, public_key, name, created_at, sign_count, transports, is_user_verified, is_backup_eligible, is_backed_up)
            values ({owner.UserId}, x'{owner.PasskeyKey}', 'AAAA', 'AAAA', '{Canary} passkey', '2024-11-05 12:00:00.000', 0, '', true, false, false)
            """);
        var before = await owner.SessionsAsync();
        using var elsewhere = app.Open();
        await elsewhere.SignInAsync(browser.Username);
        owner.SessionKey = Assert.Single((await owner.SessionsAsync()).Except(before));
        return owner;
    }

    /// <summary>The token that forms of this person need now.</summary>
    public static async Task<string> TokenOfAsync(Browser browser, string page = "/expenses/add") => (await browser.GetAsync(page)).MustBe(200).Value("csrf_token")!;

    /// <summary>Every row that belongs to this person, of whatever table there is.</summary>
    public async Task<string> RowsAsync()
    {
        var columns = await SchemaReader.Of(database).ColumnsAsync();
        var tables = columns.Select(line => line.Split(' ')[0].Split('.')).Where(name => name[1] == "user_id").Select(name => name[0]).Distinct();
        var lines = new List<string>();
        foreach (var (table, key) in tables.Select(table => (table, "user_id")).Prepend(("users", "id")))
            foreach (var row in await database.QueryAsync($"select * from {table} where {key} = {UserId}")) lines.Add($"{table}: {string.Join(" | ", row)}");
        return string.Join('\n', lines.Order(StringComparer.Ordinal));
    }

    public void Dispose() => Browser.Dispose();

    private async Task<IEnumerable<string>> SessionsAsync() =>
        [.. (await database.QueryAsync($"select lower(hex(token_hash)) from sessions where user_id = {UserId}")).Select(row => row[0]!)];
}
