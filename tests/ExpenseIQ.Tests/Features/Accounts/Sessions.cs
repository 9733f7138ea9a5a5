using ExpenseIQ.Tests.Running;
using Microsoft.Extensions.Time.Testing;

namespace ExpenseIQ.Tests.Features.Accounts;

public sealed class Sessions(SharedApp shared)
{
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2024, 11, 15, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Ends_after_half_an_hour_without_a_request()
    {
        await using var app = await shared.StartAnotherAsync(clock);
        using var browser = await app.OpenAsNewUserAsync();
        clock.Advance(TimeSpan.FromMinutes(29));
        Assert.True(await browser.IsSignedInAsync());
        clock.Advance(TimeSpan.FromMinutes(31));
        Assert.False(await browser.IsSignedInAsync());
        Assert.StartsWith("/login", new Uri(app.Address, (await browser.GetAsync("/dashboard")).Location).AbsolutePath, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lives_on_while_it_is_used()
    {
        await using var app = await shared.StartAnotherAsync(clock);
        using var browser = await app.OpenAsNewUserAsync();
        for (var request = 0; request < 12; request++)
        {
            clock.Advance(TimeSpan.FromMinutes(20));
            Assert.True(await browser.IsSignedInAsync());
        }
    }

    [Fact]
    public async Task Counts_the_half_hour_from_the_last_request_to_the_minute()
    {
        await using var app = await shared.StartAnotherAsync(clock);
        using var browser = await app.OpenAsNewUserAsync();
        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.True(await browser.IsSignedInAsync());
        clock.Advance(TimeSpan.FromMinutes(29));
        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Used_or_not_it_ends_after_twelve_hours()
    {
        await using var app = await shared.StartAnotherAsync(clock);
        using var browser = await app.OpenAsNewUserAsync();
        for (var request = 0; request < 35; request++)
        {
            clock.Advance(TimeSpan.FromMinutes(20));
            Assert.True(await browser.IsSignedInAsync());
        }
        clock.Advance(TimeSpan.FromMinutes(21));
        Assert.False(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Remembered_it_lasts_thirty_days_without_a_request_and_ninety_with_them()
    {
        await using var app = await shared.StartAnotherAsync(clock);
        using var newcomer = await app.OpenAsNewUserAsync();
        using var browser = app.Open();
        var answer = await browser.TrySignInAsync(newcomer.Username, remember: true);
        Assert.Contains("expires=Thu, 13 Feb 2025 12:00:00 GMT", answer.Headers["Set-Cookie"], StringComparison.OrdinalIgnoreCase);
        using var idle = app.Open();
        await idle.SignInAsync(newcomer.Username, remember: true);
        for (var visit = 0; visit < 3; visit++)
        {
            clock.Advance(TimeSpan.FromDays(29));
            Assert.True(await browser.IsSignedInAsync());
            if (visit == 0) continue;
            Assert.False(await idle.IsSignedInAsync());
        }
        clock.Advance(TimeSpan.FromDays(4));
        Assert.False(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task No_answer_but_that_of_signing_in_sets_its_cookie()
    {
        await using var app = await shared.StartAnotherAsync(clock);
        using var browser = await app.OpenAsNewUserAsync();
        await browser.GetAsync("/dashboard");
        clock.Advance(TimeSpan.FromMinutes(20));
        Assert.DoesNotContain("Set-Cookie", (await browser.GetAsync("/dashboard")).MustBe(200).Headers.Keys);
    }

    [Fact]
    public async Task A_cookie_that_was_stolen_dies_with_its_row()
    {
        using var owner = await shared.App.OpenAsNewUserAsync();
        using var thief = shared.App.Open();
        thief.TakeCookiesOf(owner);
        Assert.True(await thief.IsSignedInAsync());
        await shared.Database.ExecuteAsync($"delete from sessions where user_id = {(await shared.App.UserOfAsync(owner)).Id}");
        Assert.False(await thief.IsSignedInAsync());
        Assert.False(await owner.IsSignedInAsync());
    }

    [Fact]
    public async Task Outlives_a_restart()
    {
        await using var database = new ScratchDatabase();
        Browser browser;
        await using (var before = await RunningApp.StartAsync(database.Settings)) browser = await before.OpenAsNewUserAsync();
        await using var after = await RunningApp.StartAsync(database.Settings);
        using var returned = after.Open();
        returned.TakeCookiesOf(browser);
        Assert.True(await returned.IsSignedInAsync());
        browser.Dispose();
    }

    [Fact]
    public async Task Is_known_to_a_second_instance_and_so_are_its_forms()
    {
        await using var second = await shared.StartAnotherAsync();
        using var browser = await shared.App.OpenAsNewUserAsync();
        using var elsewhere = second.Open();
        elsewhere.TakeCookiesOf(browser);
        Assert.True(await elsewhere.IsSignedInAsync());
        var form = Browser.Fill(await browser.GetAsync("/expenses/add"), ("amount", "5"), ("category_id", "1"), ("date", "2024-11-05"));
        (await elsewhere.PostAsync("/expenses/add", form)).MustBe(302);
        Assert.Single(await shared.App.ExpensesOfAsync(browser));
    }

    [Fact]
    public async Task A_copy_of_the_database_without_the_secret_forges_none()
    {
        using var browser = await shared.App.OpenAsNewUserAsync();
        var keys = await shared.Database.QueryAsync("select xml from data_protection_keys");
        Assert.NotEmpty(keys);
        Assert.All(keys, key => Assert.Contains("aesGcm", key[0], StringComparison.Ordinal));
        Assert.All(keys, key => Assert.DoesNotContain("<value>", key[0], StringComparison.Ordinal));
    }

    [Fact]
    public async Task Ends_with_the_account()
    {
        using var browser = await shared.App.OpenAsNewUserAsync();
        await shared.Database.ExecuteAsync($"delete from users where username = '{browser.Username}'");
        Assert.False(await browser.IsSignedInAsync());
        (await browser.GetAsync("/dashboard")).MustBe(302);
    }

    [Fact]
    public async Task A_cookie_that_was_tampered_with_is_none()
    {
        using var browser = await shared.App.OpenAsNewUserAsync();
        var cookie = browser.CookieOf("expenseiq")!;
        using var forger = shared.App.Open();
        foreach (var forged in new[] { cookie[..^4] + "AAAA", "x", "1.", "." + cookie, cookie.Split('.')[1], "-1." + cookie.Split('.')[1], "99999999999999999999." + cookie.Split('.')[1], new string('A', 3000) })
            Assert.Equal(401, (await forger.GetAsync("/api/analytics", ("Cookie", $"expenseiq={forged}"))).Status);
    }

    [Fact]
    public async Task What_was_typed_when_it_had_ended_is_in_the_form_after_signing_in()
    {
        await using var app = await shared.StartAnotherAsync(clock);
        using var browser = await app.OpenAsNewUserAsync();
        var form = Browser.Fill(await browser.GetAsync("/expenses/add"), ("amount", "47.11"), ("category_id", "2"), ("description", "Tickets & more"), ("date", "2024-11-03"));
        clock.Advance(TimeSpan.FromHours(1));
        var login = new Uri(app.Address, (await browser.PostAsync("/expenses/add", form)).MustBe(302).Location).PathAndQuery;
        Assert.DoesNotContain("47.11", login, StringComparison.Ordinal);
        var next = (await browser.TrySignInAsync(browser.Username, path: login)).MustBe(302).Location!;
        var page = (await browser.GetAsync(next)).MustBe(200);
        Assert.Equal(("47.11", "2", "Tickets & more", "2024-11-03"), (page.Value("amount"), page.Value("category_id"), page.Value("description"), page.Value("date")));
        Assert.Empty(await app.ExpensesOfAsync(browser));
        (await browser.PostAsync("/expenses/add", Browser.Fill(page))).MustBe(302);
        Assert.Single(await app.ExpensesOfAsync(browser));
    }

    [Fact]
    public async Task What_was_typed_for_an_expense_is_in_its_own_form_and_in_no_other()
    {
        await using var app = await shared.StartAnotherAsync(clock);
        using var browser = await app.OpenAsNewUserAsync();
        await browser.AddExpenseAsync("5.00", "2024-11-03");
        var row = Assert.Single(await app.ExpensesOfAsync(browser));
        var path = $"/expenses/{row.Id}/edit";
        var form = Browser.Fill(await browser.GetAsync(path), ("amount", "6.00"));
        clock.Advance(TimeSpan.FromHours(1));
        var login = new Uri(app.Address, (await browser.PostAsync(path, form)).MustBe(302).Location).PathAndQuery;
        var next = (await browser.TrySignInAsync(browser.Username, path: login)).MustBe(302).Location!;
        var page = (await browser.GetAsync(next)).MustBe(200);
        Assert.Equal("6.00", page.Value("amount"));
        (await browser.PostAsync(path, Browser.FillFor(path, page))).MustBe(302);
        Assert.Equal(600, Assert.Single(await app.ExpensesOfAsync(browser)).AmountMinor);

        var elsewhere = next.Replace(path, "/expenses/add", StringComparison.Ordinal);
        Assert.Equal("", (await browser.GetAsync(elsewhere)).MustBe(200).Value("amount"));
        using var stranger = await app.OpenAsNewUserAsync();
        (await stranger.GetAsync(next)).MustBe(404);
    }

    [Fact]
    public async Task A_form_too_large_to_carry_leads_to_sign_in_without_it()
    {
        using var browser = shared.App.Open();
        var answer = (await browser.PostAsync("/expenses/add", new Dictionary<string, string> { ["description"] = new('x', 20_000) })).MustBe(302);
        Assert.Equal("/login?next=%2Fexpenses%2Fadd", new Uri(shared.App.Address, answer.Location).PathAndQuery);
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("%00")]
    [InlineData("CfDJ8AAAA")]
    public async Task A_draft_that_cannot_be_read_is_none(string draft)
    {
        using var browser = await shared.App.OpenAsNewUserAsync();
        var page = (await browser.GetAsync($"/expenses/add?draft={draft}")).MustBe(200);
        Assert.Equal("", page.Value("amount"));
    }
}
