using System.Net;
using ExpenseIQ.Tests.Running;

namespace ExpenseIQ.Tests.Features.Accounts;

public sealed class SigningIn(SharedApp shared)
{
    private RunningApp App => shared.App;

    [Fact]
    public async Task By_name_or_by_address_in_whatever_case()
    {
        using var owner = await App.OpenAsNewUserAsync();
        foreach (var name in new[] { owner.Username, owner.Username.ToUpperInvariant(), owner.Email, owner.Email.ToUpperInvariant(), $" {owner.Email} " })
        {
            using var browser = App.Open();
            Assert.Equal("/dashboard", (await browser.TrySignInAsync(name)).MustBe(302).Location);
            Assert.True(await browser.IsSignedInAsync());
        }
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_name_get_the_same_answer()
    {
        using var owner = await App.OpenAsNewUserAsync();
        using var browser = App.Open();
        var wrong = await browser.TrySignInAsync(owner.Username, "not the password");
        var unknown = await browser.TrySignInAsync("nobody_of_that_name");
        var unknownAddress = await browser.TrySignInAsync("nobody@example.org");
        Assert.All([wrong, unknown, unknownAddress], answer => Assert.Equal(422, answer.Status));
        Assert.NotNull(wrong.Alert);
        Assert.All([unknown, unknownAddress], answer => Assert.Equal(wrong.Alert, answer.Alert));
        Assert.Equal(owner.Username, wrong.Value("email"));
        Assert.False(await browser.IsSignedInAsync());
    }

    [Theory]
    [InlineData("", "password", "email")]
    [InlineData("   ", "password", "email")]
    [InlineData("somebody", "", "password")]
    public async Task Both_fields_are_needed(string name, string password, string field)
    {
        using var browser = App.Open();
        var answer = await browser.TrySignInAsync(name, password);
        Assert.Equal(422, answer.Status);
        Assert.NotNull(answer.Error(field));
    }

    [Theory]
    [InlineData("' or 1=1 --")]
    [InlineData("имя@пример.рф")]
    [InlineData("🍜@🍜.example")]
    [InlineData("%")]
    public async Task Whatever_is_typed_as_a_name_is_only_a_name(string name)
    {
        using var browser = App.Open();
        var answer = await browser.TrySignInAsync(name);
        Assert.Equal(422, answer.Status);
        Assert.False(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task A_stored_hash_that_is_none_lets_nobody_in()
    {
        using var owner = await App.OpenAsNewUserAsync();
        await shared.Database.ExecuteAsync($"update users set password = 'no hash' where username = '{owner.Username}'");
        using var browser = App.Open();
        Assert.Equal(422, (await browser.TrySignInAsync(owner.Username)).Status);
    }

    [Theory]
    [InlineData("/expenses?search=tea&sort=date_asc")]
    [InlineData("/expenses/add")]
    public async Task Goes_on_to_where_one_was_going(string next)
    {
        using var owner = await App.OpenAsNewUserAsync();
        using var browser = App.Open();
        var asked = (await browser.GetAsync(next)).MustBe(302);
        Assert.StartsWith("/login?next=", new Uri(App.Address, asked.Location).PathAndQuery, StringComparison.Ordinal);
        var answer = await browser.TrySignInAsync(owner.Username, path: new Uri(App.Address, asked.Location).PathAndQuery);
        Assert.Equal(next, answer.MustBe(302).Location);
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("https://evil.example/")]
    [InlineData("http:evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("\\\\evil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("\t//evil.example")]
    [InlineData("evil.example")]
    [InlineData("@evil.example")]
    [InlineData("/%0d%0aSet-Cookie:x=y")]
    [InlineData("/\r\nSet-Cookie: x=y")]
    [InlineData("~//evil.example")]
    public async Task Goes_on_nowhere_but_on_this_site(string next)
    {
        using var owner = await App.OpenAsNewUserAsync();
        using var browser = App.Open();
        var address = $"/login?next={Uri.EscapeDataString(next)}";
        await StaysAsync(await browser.PostFormAsync(address, ("email", owner.Username), ("password", Browser.Password)));
        await StaysAsync(await browser.GetAsync(address));

        using var typed = App.Open();
        await StaysAsync(await typed.PostFormAsync("/login", ("email", owner.Username), ("password", Browser.Password), ("next", next)));

        Task StaysAsync(Answer answer)
        {
            answer.MustBe(302);
            Assert.False(answer.Headers.TryGetValue("x", out _));
            Assert.Equal(App.Address.Authority, new Uri(App.Address, answer.Location).Authority);
            Assert.StartsWith("/", answer.Location, StringComparison.Ordinal);
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task A_cookie_lasts_as_long_as_the_browser_unless_remembered()
    {
        using var owner = await App.OpenAsNewUserAsync();
        using var browser = App.Open();
        var session = SessionCookie(await browser.TrySignInAsync(owner.Username), "expenseiq");
        Assert.DoesNotContain("expires", session, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("max-age", session, StringComparison.OrdinalIgnoreCase);
        using var remembering = App.Open();
        Assert.Contains("expires", SessionCookie(await remembering.TrySignInAsync(owner.Username, remember: true), "expenseiq"), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task In_development_cookies_go_over_plain_http_too()
    {
        using var browser = App.Open();
        var form = await browser.GetAsync("/login");
        Assert.All(form.Headers["Set-Cookie"].Split('\n'), cookie =>
        {
            Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("secure", cookie, StringComparison.OrdinalIgnoreCase);
        });
        using var owner = await App.OpenAsNewUserAsync();
        var cookie = SessionCookie(await browser.TrySignInAsync(owner.Username), "expenseiq");
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("path=/", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("secure", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task In_production_cookies_are_tied_to_this_host_and_https()
    {
        await using var production = await shared.StartAnotherAsync(change: settings => settings with { Environment = "Production", CookieSecure = true });
        using var browser = production.Open();
        var form = await browser.GetAsync("/register");
        await browser.RegisterAsync();
        Assert.True(await browser.IsSignedInAsync());
        using var again = production.Open();
        var signedIn = await again.TrySignInAsync(browser.Username);
        Assert.All([.. form.Headers["Set-Cookie"].Split('\n'), SessionCookie(signedIn, "__Host-expenseiq")], cookie =>
        {
            Assert.StartsWith("__Host-", cookie, StringComparison.Ordinal);
            Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("; httponly", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("; path=/", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("; samesite=", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("samesite=none", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("domain=", cookie, StringComparison.OrdinalIgnoreCase);
        });
    }

    [Theory]
    [InlineData("expenses.example", null, true)]
    [InlineData("expenses.example", "https", false)]
    [InlineData("localhost", null, false)]
    public async Task Over_plain_http_one_is_told_why_signing_in_would_fail(string host, string? proxy, bool told)
    {
        await using var production = await shared.StartAnotherAsync(change: settings => settings with { Environment = "Production", CookieSecure = true });
        using var browser = production.Open();
        var page = proxy is null
            ? await browser.GetAsync("/login", ("Host", host))
            : await browser.GetAsync("/login", ("Host", host), ("X-Forwarded-Proto", proxy));
        Assert.Equal(told, page.MustBe(HttpStatusCode.OK).Text.Contains("COOKIE_SECURE", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_page_asked_for_signed_out_leads_to_sign_in()
    {
        using var browser = App.Open();
        foreach (var path in new[] { "/dashboard", "/expenses", "/expenses/add", "/expenses/1/edit", "/expenses/1/delete", "/expenses/export/csv" })
        {
            var answer = (await browser.GetAsync(path)).MustBe(302);
            Assert.Equal($"/login?next={Uri.EscapeDataString(path)}", new Uri(App.Address, answer.Location).PathAndQuery);
        }
    }

    private static string SessionCookie(Answer answer, string name) =>
        answer.MustBe(302).Headers["Set-Cookie"].Split('\n').Single(cookie => cookie.StartsWith(name + "=", StringComparison.Ordinal));
}
