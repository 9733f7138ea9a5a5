using System.Globalization;
using ExpenseIQ.Features.Accounts;
using ExpenseIQ.Tests.Running;
using Microsoft.Extensions.Time.Testing;

namespace ExpenseIQ.Tests.Features.Administration;

/// <summary>A site of its own for each test: who registers first is its administrator.</summary>
public sealed class AdministeringUsers : IAsyncLifetime
{
    private readonly ScratchDatabase database = new();
    private RunningApp app = null!;
    private Browser administrator = null!;
    private Browser user = null!;
    private long userId;

    public async ValueTask InitializeAsync()
    {
        app = await RunningApp.StartAsync(database.Settings);
        administrator = await app.OpenAsNewUserAsync();
        user = await app.OpenAsNewUserAsync();
        userId = (await app.UserOfAsync(user)).Id;
    }

    public async ValueTask DisposeAsync()
    {
        administrator.Dispose();
        user.Dispose();
        await app.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task Shows_everybody_with_role_and_how_much_and_nothing_of_what()
    {
        (await user.PostFormAsync("/settings", ("currency", "EUR"))).MustBe(302);
        await user.AddExpenseAsync("1234.50", "2024-11-05", await app.AddOwnCategoryAsync(user, "Model trains"), "Secret dinner");
        await user.AddExpenseAsync("0.50", "2024-11-06", description: "Secret tea");
        var page = (await administrator.GetAsync("/admin")).MustBe(200);
        Assert.Equal(("2", "2"), (page.TextOf("#site-users"), page.TextOf("#site-expenses")));
        var row = page.TextOf($"tr[data-id='{userId}']");
        Assert.Contains(user.Username, row, StringComparison.Ordinal);
        Assert.Contains(user.Email, row, StringComparison.Ordinal);
        Assert.Contains("€1,235.00", row.Replace("\u00a0", "", StringComparison.Ordinal).Replace("EUR", "€", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("administrator", page.TextOf($"tr[data-id='{userId}'] th.who"), StringComparison.Ordinal);
        Assert.Contains("administrator", page.TextOf($"tr:not([data-id='{userId}']) th.who"), StringComparison.Ordinal);
        Assert.Contains("Administration", (await administrator.GetAsync("/dashboard")).TextOf("nav"), StringComparison.Ordinal);

        // An expense, its text or its category is nowhere that an administrator can look.
        var expense = (await app.ExpensesOfAsync(user))[0].Id;
        foreach (var path in new[]
        {
            "/admin", "/admin?search=Secret", $"/admin/users/{userId}/disable", $"/admin/users/{userId}/promote", "/expenses", "/expenses/export/csv", "/dashboard", "/api/analytics?month=2024-11",
            "/expenses/add", $"/expenses/{expense}/edit", $"/expenses/{expense}/delete", "/settings/security/activity", "/settings/account/download", "/api/descriptions?q=Secret",
        })
        {
            var text = (await administrator.GetAsync(path)).Text;
            Assert.DoesNotContain("Secret dinner", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Secret tea", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Model trains", text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/admin")]
    [InlineData("/admin/users/1/promote")]
    [InlineData("/admin/users/1/nothing")]
    public async Task Is_for_administrators_only(string path)
    {
        var refused = (await user.GetAsync(path)).MustBe(403);
        Assert.Equal("This is not for you", refused.TextOf("h1"));
        Assert.DoesNotContain(administrator.Username, refused.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Administration", (await user.GetAsync("/dashboard")).Text, StringComparison.Ordinal);
        using var nobody = app.Open();
        Assert.StartsWith("/login", new Uri(app.Address, (await nobody.GetAsync(path)).MustBe(302).Location).AbsolutePath, StringComparison.Ordinal);
        (await user.PostAsync(path, Browser.Fill(await user.GetAsync("/settings")))).MustBe(403);
        (await nobody.PostAsync(path, new Dictionary<string, string>())).MustBe(302);
        Assert.Empty(await EventsAsync(userId));
    }

    [Fact]
    public async Task A_role_counts_from_the_next_request_on_on_every_instance_and_is_recorded()
    {
        await using var second = await RunningApp.StartAsync(database.Settings);
        using var elsewhere = second.Open();
        elsewhere.TakeCookiesOf(user);
        (await elsewhere.GetAsync("/admin")).MustBe(403);
        var before = await elsewhere.GetAsync("/dashboard");
        Assert.Equal("/admin?done=promote", (await ActAsync(administrator, userId, "promote")).MustBe(302).Location);
        (await elsewhere.GetAsync("/admin")).MustBe(200);
        var menu = await elsewhere.GetAsync("/dashboard", ("If-None-Match", before.Headers["ETag"]));
        Assert.Contains("/admin", menu.MustBe(200).Text, StringComparison.Ordinal); // what was kept of the page is out of date

        (await ActAsync(administrator, userId, "demote")).MustBe(302);
        (await elsewhere.GetAsync("/admin")).MustBe(403);
        var id = (await app.UserOfAsync(administrator)).Id;
        Assert.Equal([(SecurityEvent.MadeAdministrator, id), (SecurityEvent.MadeUser, id)], await EventsAsync(userId));
        var page = await administrator.GetAsync("/admin");
        var acts = page.Page.QuerySelectorAll(".acts-done .row-name").Select(act => act.TextContent.Trim());
        Assert.Equal([$"{user.Username}: Administrator no more", $"{user.Username}: Made administrator"], acts);
        Assert.Contains(administrator.Username, page.TextOf(".acts-done li"), StringComparison.Ordinal);
        Assert.Contains("by an administrator", (await user.GetAsync("/settings/security/activity")).TextOf(".activity"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disabling_ends_all_sessions_at_once_and_enabling_lets_the_owner_in_again()
    {
        await using var second = await RunningApp.StartAsync(database.Settings);
        using var elsewhere = second.Open();
        await elsewhere.SignInAsync(user.Username);
        await user.AddExpenseAsync("12.50", "2024-11-05");
        Assert.Equal("/admin?done=disable", (await ActAsync(administrator, userId, "disable")).MustBe(302).Location);
        Assert.All([await user.IsSignedInAsync(), await elsewhere.IsSignedInAsync()], Assert.False);
        Assert.StartsWith("This account is shut", (await elsewhere.TrySignInAsync(user.Username)).MustBe(422).Alert, StringComparison.Ordinal);
        Assert.Contains("disabled", (await administrator.GetAsync("/admin")).TextOf($"tr[data-id='{userId}']"), StringComparison.Ordinal);

        (await ActAsync(administrator, userId, "enable")).MustBe(302);
        (await elsewhere.TrySignInAsync(user.Username)).MustBe(302);
        Assert.Single(await app.ExpensesOfAsync(user));
        Assert.Equal([SecurityEvent.Disabled, SecurityEvent.Enabled], (await EventsAsync(userId)).Select(happened => happened.Kind));
    }

    [Fact]
    public async Task Sent_twice_it_acts_once()
    {
        var path = $"/admin/users/{userId}/promote";
        var form = Browser.Fill(await administrator.GetAsync(path));
        foreach (var answer in await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => administrator.PostAsync(path, form)))) answer.MustBe(302);
        Assert.Single(await EventsAsync(userId));
    }

    [Fact]
    public async Task The_last_administrator_stays_one_and_nobody_disables_the_own_account()
    {
        var id = (await app.UserOfAsync(administrator)).Id;
        Assert.Contains("last administrator", (await ActAsync(administrator, id, "demote")).MustBe(409).Alert, StringComparison.Ordinal);
        Assert.Contains("own account", (await ActAsync(administrator, id, "disable")).MustBe(409).Alert, StringComparison.Ordinal);
        (await ActAsync(administrator, userId, "promote")).MustBe(302);
        Assert.Contains("own account", (await ActAsync(administrator, id, "disable")).MustBe(409).Alert, StringComparison.Ordinal);
        Assert.Equal("/dashboard", (await ActAsync(administrator, id, "demote")).MustBe(302).Location);
        (await administrator.GetAsync("/admin")).MustBe(403);

        // One who is disabled is none who could act.
        (await ActAsync(user, id, "promote")).MustBe(302);
        (await ActAsync(user, id, "disable")).MustBe(302);
        Assert.Contains("last administrator", (await ActAsync(user, userId, "demote")).MustBe(409).Alert, StringComparison.Ordinal);
        Assert.Empty(await app.VerifyAsync());
    }

    [Theory]
    [InlineData("demote")]
    [InlineData("disable")]
    public async Task Of_two_administrators_who_do_it_to_each_other_at_once_one_stays(string act)
    {
        var id = (await app.UserOfAsync(administrator)).Id;
        for (var round = 0; round < 5; round++)
        {
            await database.ExecuteAsync("update users set is_admin = true, disabled_at = null");
            using var one = app.Open();
            using var two = app.Open();
            await one.SignInAsync(administrator.Username);
            await two.SignInAsync(user.Username);
            var forms = (Of: Browser.Fill(await one.GetAsync($"/admin/users/{userId}/{act}")), Back: Browser.Fill(await two.GetAsync($"/admin/users/{id}/{act}")));
            var answers = await Task.WhenAll(one.PostAsync($"/admin/users/{userId}/{act}", forms.Of), two.PostAsync($"/admin/users/{id}/{act}", forms.Back));
            Assert.Single(answers, answer => answer is { Status: 302, Location: { } location } && location.StartsWith("/admin", StringComparison.Ordinal));
            Assert.Equal("1", await database.ScalarAsync("select count(*) from users where is_admin = true and disabled_at is null"));
        }
    }

    [Theory]
    [InlineData("/admin/users/999999/promote")]
    [InlineData("/admin/users/1/remove")]
    [InlineData("/admin/users/1/PROMOTE")]
    [InlineData("/admin/users/-1/promote")]
    [InlineData("/admin/users/99999999999999999999/promote")]
    [InlineData("/admin/users/1%20or%201=1/promote")]
    public async Task An_account_or_an_act_that_is_none_is_not_there(string path)
    {
        (await administrator.GetAsync(path)).MustBe(404);
        (await administrator.PostAsync(path, Browser.Fill(await administrator.GetAsync("/settings")))).MustBe(404);
    }

    [Fact]
    public async Task An_account_that_is_being_deleted_is_shown_as_that_and_not_acted_on()
    {
        await database.ExecuteAsync($"update users set leaving_at = '2999-01-01 00:00:00.000' where id = {userId}");
        var page = (await administrator.GetAsync("/admin")).MustBe(200);
        Assert.Contains("being deleted", page.TextOf($"tr[data-id='{userId}']"), StringComparison.Ordinal);
        Assert.Null(page.Page.QuerySelector($"a[href^='/admin/users/{userId}/']"));
        Assert.Equal("1", page.TextOf("#site-users"));
        (await administrator.GetAsync($"/admin/users/{userId}/enable")).MustBe(404);
    }

    [Fact]
    public async Task Asks_first_who_it_is_where_that_was_long_ago_and_never_acts_without_a_token()
    {
        var path = $"/admin/users/{userId}/disable";
        (await administrator.PostAsync(path, new Dictionary<string, string>())).MustBe(400);
        Assert.True(await user.IsSignedInAsync());
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var later = await RunningApp.StartAsync(database.Settings, clock);
        using var browser = later.Open();
        await browser.SignInAsync(administrator.Username);
        var form = Browser.Fill(await browser.GetAsync(path));
        clock.Advance(TimeSpan.FromMinutes(11));
        (await browser.GetAsync("/admin")).MustBe(200); // looking needs no proof
        Assert.Equal("/confirm?next=" + Uri.EscapeDataString(path), (await browser.PostAsync(path, form)).MustBe(302).Location);
        Assert.Empty(await EventsAsync(userId));
    }

    [Fact]
    public async Task Goes_on_page_by_page_by_name_and_back_and_finds_by_name_or_address()
    {
        for (var number = 0; number < 120; number++) await database.AddUserAsync($"member_{number:000}");
        var (names, path) = (new List<string>(), "/admin");
        Answer page;
        for (; ; path = page.Page.QuerySelector("a[rel=next]")!.GetAttribute("href")!)
        {
            page = (await administrator.GetAsync(path)).MustBe(200);
            names.AddRange(NamesOn(page));
            if (page.Page.QuerySelector("a[rel=next]") is null) break;
        }
        Assert.Equal(122, names.Count);
        Assert.Equal(names.Order(StringComparer.OrdinalIgnoreCase), names);
        var back = (await administrator.GetAsync(page.Page.QuerySelector("a[rel=prev]")!.GetAttribute("href")!)).MustBe(200);
        Assert.Equal(names[50..100], NamesOn(back));
        var first = (await administrator.GetAsync(back.Page.QuerySelector("a[rel=prev]")!.GetAttribute("href")!)).MustBe(200);
        Assert.Equal(names[..50], NamesOn(first));
        Assert.Null(first.Page.QuerySelector("a[rel=prev]"));

        Assert.Equal(["member_042"], await FindAsync("BER_042"));
        Assert.Equal(["member_042"], await FindAsync("member_042@example.org"));
        Assert.Equal(10, (await FindAsync("member_11")).Count);
        Assert.Equal(50, (await FindAsync("member")).Count);
        Assert.Empty(await FindAsync("m%b"));
        Assert.Empty(await FindAsync("member!"));
        Assert.Empty(await FindAsync("' or 1=1 --"));
        Assert.Empty(await FindAsync("имя"));
        Assert.Empty(await FindAsync("\0"));
        var searched = await administrator.GetAsync("/admin?search=member_0");
        Assert.Equal("member_0", searched.Page.QuerySelector("input[type=search][id=people-search]")!.GetAttribute("value"));
        Assert.Contains("search=member_0", searched.Page.QuerySelector("a[rel=next]")!.GetAttribute("href")!, StringComparison.Ordinal);
        (await administrator.GetAsync("/admin?after=%D0%B8%D0%BC")).MustBe(200);
        (await administrator.GetAsync("/admin?before=%00")).MustBe(200);
    }

    private async Task<List<string>> FindAsync(string search) => NamesOn((await administrator.GetAsync("/admin?search=" + Uri.EscapeDataString(search))).MustBe(200));

    private static List<string> NamesOn(Answer page) => [.. page.Page.QuerySelectorAll(".people .row-name bdi").Select(name => name.TextContent)];

    private static Task<Answer> ActAsync(Browser browser, long id, string act) => browser.PostFormAsync($"/admin/users/{id}/{act}");

    /// <summary>What administrators did to somebody.</summary>
    private async Task<List<(SecurityEvent Kind, long Actor)>> EventsAsync(long id) =>
    [
        .. (await database.QueryAsync($"select kind, actor_id from security_events where user_id = {id} and kind >= 40 order by id"))
            .Select(row => ((SecurityEvent)int.Parse(row[0]!, CultureInfo.InvariantCulture), long.Parse(row[1]!, CultureInfo.InvariantCulture))),
    ];
}
