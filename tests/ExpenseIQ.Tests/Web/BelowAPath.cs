using System.Text.RegularExpressions;
using ExpenseIQ.Tests.Features.Expenses;
using ExpenseIQ.Tests.Running;

namespace ExpenseIQ.Tests.Web;

/// <summary>The site at https://example.com/money: beside other sites of that host, behind a proxy of either kind.</summary>
public sealed partial class BelowAPath(SiteBelowAPath site) : IClassFixture<SiteBelowAPath>
{
    private RunningApp App => site.App;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Everything_works_behind_either_proxy(bool strips)
    {
        using var browser = App.Open(strips: strips);
        await browser.RegisterAsync();
        (await browser.GetAsync("/logout", ("Sec-Fetch-Site", "same-origin"))).MustBe(302);
        Assert.False(await browser.IsSignedInAsync());

        var asked = (await browser.GetAsync("/expenses?search=tea")).MustBe(302);
        Assert.Equal("/money/login?next=%2Fmoney%2Fexpenses%3Fsearch%3Dtea", asked.Location);
        Assert.Equal("/money/expenses?search=tea", (await browser.TrySignInAsync(browser.Username, path: asked.Location!)).MustBe(302).Location);

        var form = (await browser.GetAsync("/expenses/add", ("Referer", $"{App.Address}dashboard?month=2024-11"))).MustBe(200);
        var saved = (await browser.PostAsync("/expenses/add", Browser.Fill(form, ("amount", "4.20"), ("category_id", "1"), ("description", "Tea"), ("date", "2024-11-05")))).MustBe(302);
        Assert.StartsWith("/money/dashboard?month=2024-11&done=", saved.Location, StringComparison.Ordinal);
        Assert.Equal("Tea", CsvText.Rows((await browser.GetAsync("/expenses/export/csv")).MustBe(200).Text)[1][3]);
        Assert.Equal("/money/expenses?sort=nothing", (await browser.GetAsync("/expenses/export/csv?sort=nothing")).MustBe(302).Location);

        var shown = (await browser.GetAsync(saved.Location!)).MustBe(200);
        var undone = (await browser.PostAsync("/expenses/undo", Browser.FillFor("/money/expenses/undo", shown))).MustBe(302);
        Assert.StartsWith("/money/dashboard?month=2024-11&done=", undone.Location, StringComparison.Ordinal);
        Assert.Empty(await App.ExpensesOfAsync(browser));
    }

    [Fact]
    public async Task What_was_typed_before_the_session_ended_comes_back()
    {
        using var owner = await App.OpenAsNewUserAsync();
        var fields = Browser.Fill((await owner.GetAsync("/expenses/add")).MustBe(200), ("amount", "4.20"), ("description", "Tea"));
        using var later = App.Open();
        var asked = (await later.PostAsync("/expenses/add", fields)).MustBe(302);
        var opened = (await later.TrySignInAsync(owner.Username, path: asked.Location!)).MustBe(302);
        Assert.StartsWith("/money/expenses/add?draft=", opened.Location, StringComparison.Ordinal);
        Assert.Equal("Tea", (await later.GetAsync(opened.Location!)).MustBe(200).Value("description"));
    }

    [Theory]
    [InlineData("/money/expenses?search=a/../b")]
    [InlineData("/money/")]
    public async Task Signing_in_goes_on_to_paths_of_this_site(string next)
    {
        using var browser = await App.OpenAsNewUserAsync();
        Assert.Equal(next, (await browser.GetAsync($"/login?next={Uri.EscapeDataString(next)}")).MustBe(302).Location);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/other-app")]
    [InlineData("/expenses")]
    [InlineData("/money")]
    [InlineData("/moneylender/a")]
    [InlineData("/Money/expenses")]
    [InlineData("/%6Doney/expenses")]
    [InlineData("/money/../other-app")]
    [InlineData("/money/./../other-app")]
    [InlineData("/money/%2e%2E/other-app")]
    [InlineData("/money/.%2e/other-app")]
    [InlineData("/money/..\\other-app")]
    [InlineData("/money\\..\\other-app")]
    [InlineData("/money\\/evil.example")]
    [InlineData("/money/\t../other-app")]
    [InlineData("//money/evil.example")]
    [InlineData("/\\money/evil.example")]
    [InlineData("~/expenses")]
    [InlineData("~/../other-app")]
    [InlineData("http://127.0.0.1/money/")]
    public async Task Signing_in_goes_on_nowhere_else(string next)
    {
        using var browser = await App.OpenAsNewUserAsync();
        Assert.Equal("/money/dashboard", (await browser.GetAsync($"/login?next={Uri.EscapeDataString(next)}")).MustBe(302).Location);
        (await browser.GetAsync("/logout", ("Sec-Fetch-Site", "same-origin"))).MustBe(302);
        var form = Browser.Fill((await browser.GetAsync("/login")).MustBe(200), ("email", browser.Username), ("password", Browser.Password), ("next", next));
        Assert.Equal("/money/dashboard", (await browser.PostAsync("/login", form)).MustBe(302).Location);
    }

    [Theory]
    [InlineData("/dashboard")]
    [InlineData("/other-app/expenses")]
    [InlineData("/money/expenses/../../other-app")]
    [InlineData("/money/settings")]
    public async Task A_form_goes_back_nowhere_else(string back)
    {
        using var browser = await App.OpenAsNewUserAsync();
        Assert.StartsWith("/money/expenses?done=", (await browser.TryAddExpenseAsync(("back", back))).MustBe(302).Location, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/money", 200)]
    [InlineData("/money/", 200)]
    [InlineData("/", 200)]
    [InlineData("/money/login", 200)]
    [InlineData("/login", 200)]
    [InlineData("/money/sw.js", 200)]
    [InlineData("/sw.js", 200)]
    [InlineData("/money/health/live", 200)]
    [InlineData("/health/live", 200)]
    [InlineData("/money/health/ready", 200)]
    [InlineData("/health/ready", 200)]
    [InlineData("/moneylender", 404)]
    [InlineData("/Money/login", 404)]
    [InlineData("/money/money/login", 404)]
    public async Task Answers_with_its_path_and_without_it(string path, int status)
    {
        using var browser = App.Open();
        Assert.Equal(status, (await browser.GetAsync(new Uri(App.Address, path).AbsoluteUri)).Status);
    }

    [Fact]
    public async Task A_page_that_did_not_change_is_known_again_either_way()
    {
        using var browser = await App.OpenAsNewUserAsync();
        var tag = (await browser.GetAsync("/dashboard")).MustBe(200).Headers["ETag"];
        (await browser.GetAsync("/dashboard", ("If-None-Match", tag))).MustBe(304);
        (await browser.GetAsync(new Uri(App.Address, "/dashboard").AbsoluteUri, ("If-None-Match", tag))).MustBe(304);
    }

    [Theory]
    [InlineData(false, "expenseiq")]
    [InlineData(true, "__Secure-expenseiq")]
    public async Task Cookies_go_to_its_path_alone(bool secure, string name)
    {
        await using var app = await RunningApp.StartAsync(site.Settings with { CookieSecure = secure });
        using var browser = app.Open();
        var form = (await browser.GetAsync("/register")).MustBe(200);
        await browser.RegisterAsync();
        var (signedOut, signedIn) = ((await browser.GetAsync("/logout", ("Sec-Fetch-Site", "same-origin"))).MustBe(302), (await browser.TrySignInAsync(browser.Username)).MustBe(302));
        var lines = new[] { form, signedOut, signedIn }.SelectMany(answer => answer.Headers["Set-Cookie"].Split('\n')).ToList();
        Assert.Equal(
            [$"{name}-device-N.money", $"{name}-form.money", $"{name}.money"],
            lines.Select(line => Number().Replace(line.Split('=')[0], "-N.")).Distinct().Order(StringComparer.Ordinal));
        Assert.All(lines, line =>
        {
            Assert.Equal(["path=/money"], line.Split("; ").Where(part => part.StartsWith("path=", StringComparison.OrdinalIgnoreCase)));
            Assert.Equal(secure, line.Split("; ").Contains("secure", StringComparer.OrdinalIgnoreCase));
            Assert.DoesNotContain("domain=", line, StringComparison.OrdinalIgnoreCase);
        });
    }

    [Fact]
    public async Task Signing_out_leaves_alone_what_the_browser_kept_of_other_sites_of_the_host()
    {
        using var browser = await App.OpenAsNewUserAsync();
        var answer = (await browser.GetAsync("/logout", ("Sec-Fetch-Site", "same-origin"))).MustBe(302);
        Assert.DoesNotContain("Clear-Site-Data", answer.Headers.Keys);
        Assert.Equal("/money/", answer.Location);
    }

    [Fact]
    public async Task Mails_lead_to_its_path()
    {
        await using var server = new SmtpServer();
        await using var database = new ScratchDatabase();
        await using var app = await RunningApp.StartAsync(database.Settings with { BaseUrl = new Uri("https://example.com/money"), Mail = server.Settings });
        using var owner = await app.OpenAsNewUserAsync();
        (await owner.PostFormAsync("/forgot", ("email", owner.Email))).MustBe(302);
        var text = Assert.Single(await server.WaitForAsync(owner.Email)).TextBody;
        Assert.Matches(@"(?m)^https://example\.com/money/reset\?token=[A-Za-z0-9_-]{43}\r?$", text);
        Assert.Contains("This is sent by https://example.com/money,", text, StringComparison.Ordinal);
        Assert.Equal("example.com", (await owner.GetAsync("/api/passkeys/question")).Json.GetProperty("options").GetProperty("rpId").GetString());
    }

    [GeneratedRegex(@"-\d+\.")]
    private static partial Regex Number();
}
