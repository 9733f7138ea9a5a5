using ExpenseIQ.Tests.Running;

namespace ExpenseIQ.Tests.Web;

public sealed class ResponseHeaders(SharedApp shared)
{
    /// <summary>Styles, scripts, pictures and fonts say only what browsers heed in them: a page has two dozen of them.</summary>
    [Theory]
    [InlineData("/css/tokens.css")]
    [InlineData("/js/app.js")]
    [InlineData("/img/icon-192.png")]
    [InlineData("/manifest.webmanifest")]
    public async Task What_pages_consist_of_says_that_it_is_nothing_else(string path)
    {
        using var visitor = shared.App.Open();
        var answer = (await visitor.GetAsync(path)).MustBe(200);
        Assert.Equal(("nosniff", "same-origin"), (answer.Headers["X-Content-Type-Options"], answer.Headers["Cross-Origin-Resource-Policy"]));
        Assert.DoesNotContain("Content-Security-Policy", answer.Headers.Keys);
    }

    /// <summary>A picture that is opened as a page of its own is a document.</summary>
    [Fact]
    public async Task A_drawing_is_a_document()
    {
        using var visitor = shared.App.Open();
        Assert.Contains("default-src 'none'", (await visitor.GetAsync("/img/favicon.svg")).MustBe(200).Headers["Content-Security-Policy"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/login")]
    [InlineData("/register")]
    [InlineData("/dashboard")]
    [InlineData("/expenses")]
    [InlineData("/expenses?date_from=x")]
    [InlineData("/expenses/add")]
    [InlineData("/expenses/export/csv")]
    [InlineData("/settings/account")]
    [InlineData("/settings/account/download")]
    [InlineData("/settings/security/activity")]
    [InlineData("/admin")]
    [InlineData("/goodbye")]
    [InlineData("/api/analytics")]
    [InlineData("/api/descriptions?q=l")]
    [InlineData("/api/nothing")]
    [InlineData("/nothing")]
    [InlineData("/health/live")]
    [InlineData("/offline")]
    [InlineData("/sw.js")]
    public async Task Every_document_tells_the_browser_what_it_may_not_do(string path)
    {
        using var signedIn = await shared.App.OpenAsNewUserAsync();
        using var signedOut = shared.App.Open();
        foreach (var answer in new[] { await signedIn.GetAsync(path), await signedOut.GetAsync(path) })
        {
            var policy = answer.Headers["Content-Security-Policy"];
            Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", answer.Headers["X-Content-Type-Options"]);
            Assert.Equal("DENY", answer.Headers["X-Frame-Options"]);
            Assert.Equal("same-origin", answer.Headers["Referrer-Policy"]);
            Assert.Equal("same-origin", answer.Headers["Cross-Origin-Opener-Policy"]);
            Assert.Equal("same-origin", answer.Headers["Cross-Origin-Resource-Policy"]);
            Assert.Contains("worker-src 'self'", policy, StringComparison.Ordinal);
            Assert.Contains("require-trusted-types-for 'script'; trusted-types service-worker", policy, StringComparison.Ordinal);
            Assert.Matches(@"^[a-z-]+=\(\)(, [a-z-]+=\(\))*, publickey-credentials-create=\(self\), publickey-credentials-get=\(self\)$", answer.Headers["Permissions-Policy"]);
            Assert.Contains("geolocation=()", answer.Headers["Permissions-Policy"], StringComparison.Ordinal);
            Assert.False(answer.Headers.ContainsKey("Strict-Transport-Security"));
            Assert.False(answer.Headers.ContainsKey("Server"));
        }
    }

    [Theory]
    [InlineData("Production", true, "max-age=31536000")]
    [InlineData("Production", false, null)]
    [InlineData("Development", true, null)]
    public async Task Only_where_the_site_is_used_over_https_browsers_are_held_to_it(string environment, bool cookieSecure, string? expected)
    {
        await using var app = await shared.StartAnotherAsync(change: settings => settings with { Environment = environment, CookieSecure = cookieSecure });
        using var visitor = app.Open();
        foreach (var path in new[] { "/", "/css/tokens.css", "/nothing" })
            Assert.Equal(expected, (await visitor.GetAsync(path)).Headers.GetValueOrDefault("Strict-Transport-Security"));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/login")]
    [InlineData("/dashboard")]
    [InlineData("/expenses")]
    [InlineData("/expenses/add")]
    public async Task Whatever_a_page_needs_comes_from_this_site_and_is_there(string path)
    {
        using var browser = path is "/" or "/login" ? shared.App.Open() : await shared.App.OpenAsNewUserAsync();
        if (path == "/dashboard") await browser.AddExpenseAsync("5", "2024-11-05");
        var page = (await browser.GetAsync(path)).MustBe(200);
        var addresses = page.Page.QuerySelectorAll("link[href], script[src], img[src], use[href]").Select(element => element.GetAttribute("href") ?? element.GetAttribute("src")!);
        Assert.NotEmpty(addresses);
        foreach (var address in addresses.Distinct())
        {
            Assert.Matches("^/(?!/)", address);
            (await browser.GetAsync(address)).MustBe(200);
        }
    }

    [Fact]
    public async Task Pages_with_a_person_s_rows_stay_in_no_shared_cache()
    {
        using var browser = await shared.App.OpenAsNewUserAsync();
        foreach (var path in new[] { "/dashboard", "/expenses", "/expenses/add", "/api/analytics", "/api/descriptions?q=l", "/expenses/export/csv" })
        {
            var answer = (await browser.GetAsync(path)).MustBe(200);
            Assert.True(
                answer.Headers.TryGetValue("Cache-Control", out var control) && (control.Contains("no-store", StringComparison.Ordinal) || control.Contains("private", StringComparison.Ordinal)),
                $"{path} may be cached: {control}");
        }
    }
}
