using ExpenseIQ.Tests.CommandLine;
using ExpenseIQ.Tests.Running;
using OtpNet;

namespace ExpenseIQ.Tests.Security;

/// <summary>Where secrets are: nowhere that they were not asked for, and in the database only as what can't be turned back.</summary>
public sealed class Secrets
{
    private const string SecretKey = "canary-secret-key-canary-secret-key";
    private const string First = "canary password one";
    private const string Second = "canary password two";

    [Fact]
    public async Task No_secret_is_in_a_log_line_a_page_telemetry_or_the_database()
    {
        await using var database = new ScratchDatabase();
        await using var collector = await Collector.StartAsync();
        using var program = ProgramRun.Start(
            database, [], ("SECRET_KEY", SecretKey), ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"));
        var site = await program.ServesAsync("Now listening on: ");
        using var owner = new Browser(site, "en-US");
        await owner.RegisterAsync(password: First);
        List<string> secrets = [First, Second, SecretKey, .. CookiesOf(owner)];
        if (database.Settings.MySql is { Password.Length: > 8 } server) secrets.Add(server.Password);

        // Codes: the key and the recovery codes are shown once, each on the page that makes them.
        var page = (await owner.GetAsync("/settings/security/codes")).MustBe(200);
        var key = page.TextOf("code.key").Replace(" ", "", StringComparison.Ordinal);
        var shown = (await owner.PostAsync("/settings/security/codes", Browser.Fill(page, ("code", new Totp(Base32Encoding.ToBytes(key)).ComputeTotp())))).MustBe(200);
        string[] codes = [.. shown.Page.QuerySelectorAll(".recovery-codes code").Select(code => code.TextContent)];
        Assert.Equal(10, codes.Length);
        secrets.AddRange([key, page.TextOf("code.key"), .. codes]);

        // Two ways in, and a wrong one.
        var pages = new List<Answer>();
        using var elsewhere = new Browser(site, "en-US");
        pages.Add(await elsewhere.TrySignInAsync(owner.Username, Second));
        Assert.Equal("/login/code", (await elsewhere.TrySignInAsync(owner.Username, First)).MustBe(302).Location);
        secrets.AddRange(CookiesOf(elsewhere));
        pages.Add(await elsewhere.PostFormAsync("/login/code", ("code", "not a code")));
        (await elsewhere.PostFormAsync("/login/code", ("code", codes[0]), ("leave_out", "true"))).MustBe(302);
        secrets.AddRange(CookiesOf(elsewhere));
        pages.Add(await owner.PostFormAsync("/settings/security/password", ("password", Second), ("confirm", First)));
        (await owner.PostFormAsync("/settings/security/password", ("password", Second), ("confirm", Second))).MustBe(302);
        secrets.AddRange(CookiesOf(owner));

        foreach (var path in new[] { "/dashboard", "/expenses", "/settings", "/settings/security", "/settings/security/codes", "/settings/security/password", "/confirm", "/logout", "/nothing", "/error", "/api/me", "/api/analytics", "/api/nothing" })
            pages.Add(await owner.GetAsync(path));
        var form = Browser.Fill(await owner.GetAsync("/confirm"), ("password", Second));
        var kept = await DumpAsync(database);
        await database.ExecuteAsync("alter table passkeys rename to misplaced");
        pages.Add((await owner.GetAsync("/settings/security")).MustBe(500));
        pages.Add((await owner.PostAsync("/confirm", form)).MustBe(500));
        Assert.Equal(0, await program.StopAsync());

        var told = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["console"] = program.Output + program.Errors,
            ["telemetry"] = collector.Received("traces") + collector.Received("metrics") + collector.Received("logs"),
            ["pages"] = string.Join('\n', pages.Select(answer => answer.Text)),
            ["database"] = kept,
        };
        Assert.All(told.Values, Assert.NotEmpty);
        foreach (var (where, text) in told)
            foreach (var secret in secrets.Distinct())
                Assert.False(text.Contains(secret, StringComparison.OrdinalIgnoreCase), $"{secret} is in the {where}.");
    }

    /// <summary>The values, and of the session's the part that is secret.</summary>
    private static IEnumerable<string> CookiesOf(Browser browser) =>
        browser.Cookies.GetAllCookies().Where(cookie => cookie.Value.Length > 20).Select(cookie => cookie.Name == "expenseiq" ? cookie.Value.Split('.')[1] : cookie.Value);

    private static async Task<string> DumpAsync(ScratchDatabase database)
    {
        var tables = (await SchemaReader.Of(database).ColumnsAsync()).Select(line => line.Split('.')[0]).Distinct();
        var rows = new List<string>();
        foreach (var table in tables)
            foreach (var row in await database.QueryAsync($"select * from {table}")) rows.Add(string.Join(" | ", row));
        return string.Join('\n', rows);
    }
}
