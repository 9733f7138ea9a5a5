using ExpenseIQ.BrowserTests.Pages;
using ExpenseIQ.Database;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace ExpenseIQ.BrowserTests;

/// <summary>
/// Markup and scripts in every text that a person, a browser or an address can bring, on every page: they are texts, whatever they look
/// like. What would run calls a canary; what the browser refuses to run tells of it as a violation of the policy. Neither may happen.
/// </summary>
public sealed class MarkupAsText(Site site)
{
    private const string Agent = "<script>canary(1)</script>\"><img src=x onerror=canary(2)> Firefox/1 Windows";

    private static readonly string[] Payloads =
    [
        "<script>canary(3)</script>",
        "<img src=x onerror=canary(4)>",
        "<svg/onload=canary(5)>",
        "\"><img src=x onerror=canary(6)>",
        "' onmouseover='canary(7)' autofocus onfocus='canary(8)",
        "\" onmouseover=\"canary(9)\" autofocus onfocus=\"canary(10)",
        "javascript:canary(11)//",
        "</title></textarea></script><script>canary(12)</script>",
        "<!--<script>-->--!><iframe srcdoc='<script>parent.canary(13)</script>'>",
        "{{constructor.constructor('canary(14)')()}}${canary(15)}#{canary(16)}<%= canary(17) %>",
        "\\u003cimg src=x onerror=canary(18)\\u003e&lt;img src=x onerror=canary(19)&gt;",
        "\uff1cscript\uff1ecanary(20)\uff1c/script\uff1e\u202e\u2028\u2029`",
        "<math><mtext><table><mglyph><style><img src=x onerror=canary(21)>",
        "=HYPERLINK(\"http://127.0.0.1/\",\"canary\")",
        "@SUM(1+1)*cmd|' /C calc'!A0",
    ];

    [Fact]
    public Task Nothing_that_was_typed_runs_anywhere() => Journey.RunAsync(
        site,
        async page =>
        {
            var heard = await ListenAsync(page);
            var username = "markup";
            await new AccountPages(page).RegisterAsync(username);
            await StoreNamesAsync(username);
            var expenses = new ExpensePages(page);
            foreach (var (number, payload) in Payloads.Index()) await expenses.AddAsync($"{number + 1}", number % 2 == 0 ? Payloads[0] : "Food", payload);
            Assert.Equal($"{Payloads.Length}", await expenses.CountAsync());
            foreach (var payload in Payloads) Assert.Equal(payload.Trim(), (await page.Locator("td.description a", new() { HasText = payload }).First.TextContentAsync())?.Trim());

            await LookEverywhereAsync(page);
            await UseEverythingAsync(page);
            await AskForDataAsync(page);
            await page.GotoAsync("/login?next=javascript:canary(22)");
            Assert.Empty(heard);
        },
        new BrowserNewContextOptions { UserAgent = Agent });

    [Fact]
    public Task What_would_run_is_heard() => Journey.RunAsync(
        site,
        async page =>
        {
            var heard = await ListenAsync(page);
            await page.GotoAsync("/login");
            await page.EvaluateAsync("() => { try { document.body.innerHTML = '<img src=x onerror=canary(24)>'; } catch { } }");
            await page.WaitForTimeoutAsync(500);
            Assert.StartsWith("require-trusted-types-for", Assert.Single(heard), StringComparison.Ordinal);
        },
        allowed: "Trusted");

    /// <summary>What the canary and the policy of the pages say from now on.</summary>
    private static async Task<List<string>> ListenAsync(IPage page)
    {
        var heard = new List<string>();
        await page.ExposeFunctionAsync("canary", (int number) => heard.Add($"canary {number} ran on {page.Url}"));
        await page.ExposeFunctionAsync("violated", (string what) => heard.Add($"{what} on {page.Url}"));
        await page.AddInitScriptAsync("document.addEventListener('securitypolicyviolation', (event) => violated(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`));");
        page.Dialog += (_, dialog) => heard.Add($"a dialog: {dialog.Message}");
        return heard;
    }

    /// <summary>Pages with each text in each place of the address that may come back in them.</summary>
    private static async Task LookEverywhereAsync(IPage page)
    {
        var edit = await page.Locator("td.description a").First.GetAttributeAsync("href");
        foreach (var path in new[] { "/dashboard", "/expenses", edit!, "/settings", "/settings/security", "/settings/security/passkeys", "/settings/security/codes", "/confirm", "/logout", "/expenses/samples", "/offline" })
            await page.GotoAsync(path);
        string[] places =
        [
            "/expenses?search=", "/expenses?date_from=", "/expenses?amount_min=", "/expenses?category_id=", "/expenses?sort=", "/expenses?done=", "/dashboard?month=", "/dashboard?done=",
            "/expenses/add?amount=1&description=", "/expenses/add?amount=", "/expenses/add?date=", "/expenses/add?draft=", "/confirm?next=", "/settings/security?done=", "/nothing/",
        ];
        foreach (var (number, place) in places.Index())
            foreach (var payload in new[] { Payloads[number % Payloads.Length], Payloads[(number + 5) % Payloads.Length] })
                await page.GotoAsync(place + Uri.EscapeDataString(payload));
    }

    /// <summary>What scripts make of the texts: charts and their tooltips, the palette, suggestions, dialogs, toasts.</summary>
    private static async Task UseEverythingAsync(IPage page)
    {
        var dashboard = new DashboardPage(page);
        await dashboard.OpenAsync();
        await page.Locator("#categories-chart").HoverAsync();
        await page.Locator("#months-chart").HoverAsync();
        await page.Keyboard.PressAsync("Control+k");
        await page.Locator(".palette input").FillAsync("<img src=x onerror=canary(23)>");
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("n");
        await page.Locator(".quick-add input[name=description]").PressSequentiallyAsync("<", new() { Delay = 50 });
        await page.WaitForTimeoutAsync(600);
        await page.Keyboard.PressAsync("Escape");
        await page.GotoAsync("/expenses");
        await page.Locator("a[data-delete]").First.ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await page.Locator(".toasts").GetByText("Deleted").WaitForAsync();
    }

    /// <summary>Data is never taken for a page; a cell of a table is never taken for a formula.</summary>
    private static async Task AskForDataAsync(IPage page)
    {
        foreach (var path in new[] { "/api/analytics", "/api/me", $"/api/descriptions?q={Uri.EscapeDataString("<")}", $"/api/{Uri.EscapeDataString(Payloads[1])}" })
        {
            var answer = (await page.GotoAsync(path))!;
            Assert.Contains("json", await answer.HeaderValueAsync("content-type"), StringComparison.Ordinal);
            Assert.Equal("nosniff", await answer.HeaderValueAsync("x-content-type-options"));
        }
        await page.GotoAsync("/dashboard");
        var table = await page.EvaluateAsync<string>("async () => (await fetch('/expenses/export/csv')).text()");
        Assert.DoesNotMatch(@"(?m)(^|[,;])""?[=@+\t]", table);
        Assert.Contains("HYPERLINK", table, StringComparison.Ordinal);
    }

    /// <summary>A category and a passkey of such a name, which no page can make here.</summary>
    private async Task StoreNamesAsync(string username)
    {
        await using var scope = site.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<ExpenseDatabase>();
        var userId = await database.FindAsync($"select id from users where username = {username}", row => row.GetInt64(0), CancellationToken.None);
        await database.WriteAsync(
            async _ =>
            {
                await database.ExecuteAsync($"insert into categories (user_id, name) values ({userId}, {Payloads[0]})", CancellationToken.None);
                return await database.ExecuteAsync(
                    $"""
                    insert into passkeys (user_id, credential_hash, credential_id, public_key, name, created_at, sign_count, transports, is_user_verified, is_backup_eligible, is_backed_up)
                    values ({userId}, {new byte[32]}, {"AAAA"}, {"AAAA"}, {Payloads[3]}, {DateTime.UtcNow}, {0}, {""}, {true}, {false}, {false})
                    """,
                    CancellationToken.None);
            },
            CancellationToken.None);
    }
}
