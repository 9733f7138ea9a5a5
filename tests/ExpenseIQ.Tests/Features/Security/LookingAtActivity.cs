using ExpenseIQ.Features.Accounts;
using ExpenseIQ.Features.Security;
using ExpenseIQ.Tests.Running;

namespace ExpenseIQ.Tests.Features.Security;

public sealed class LookingAtActivity(SharedApp shared)
{
    private const string Path = "/settings/security/activity";

    private RunningApp App => shared.App;

    [Fact]
    public async Task Says_what_happened_newest_first_with_place_and_way()
    {
        using var owner = await App.OpenAsNewUserAsync();
        using var stranger = App.Open();
        await stranger.TrySignInAsync(owner.Username, "not the password");
        (await owner.GetAsync("/expenses/export/csv")).MustBe(200);
        var page = (await owner.GetAsync(Path)).MustBe(200);
        var rows = page.Page.QuerySelectorAll(".activity li").Select(row => Words(row.TextContent)).ToList();
        Assert.Equal(3, rows.Count);
        Assert.StartsWith("Expenses exported", rows[0], StringComparison.Ordinal);
        Assert.EndsWith("· 127.0.0.1 · CSV", rows[0], StringComparison.Ordinal);
        Assert.StartsWith("Somebody tried a wrong password", rows[1], StringComparison.Ordinal);
        Assert.StartsWith("Account created", rows[2], StringComparison.Ordinal);
        Assert.EndsWith("with the password", rows[2], StringComparison.Ordinal);
        Assert.NotNull((await owner.GetAsync("/settings/security")).Page.QuerySelector($"a[href='{Path}']"));
    }

    [Fact]
    public async Task An_export_is_recorded_once_and_a_question_for_its_head_is_none()
    {
        using var owner = await App.OpenAsNewUserAsync();
        (await owner.SendAsync(HttpMethod.Head, "/expenses/export/csv", null)).MustBe(200);
        (await owner.GetAsync("/expenses/export/csv?date_from=nonsense")).MustBe(302);
        Assert.Equal("0", await CountAsync(owner, SecurityEvent.ExpensesExported));
        (await owner.GetAsync("/expenses/export/csv?search=tea")).MustBe(200);
        Assert.Equal("1", await CountAsync(owner, SecurityEvent.ExpensesExported));
    }

    [Fact]
    public async Task Goes_on_page_by_page_and_shows_each_once()
    {
        using var owner = await App.OpenAsNewUserAsync();
        var id = (await App.UserOfAsync(owner)).Id;
        await shared.Database.ExecuteAsync([.. Enumerable.Range(0, 120).Select(number =>
            $"insert into security_events (user_id, at, kind, address, user_agent, detail) values ({id}, '2024-11-05 12:00:00.000', 24, '192.0.2.1', 'Firefox', 'key {number}')")]);
        var (seen, path) = (new List<string>(), Path);
        for (var pages = 1; ; pages++)
        {
            var page = (await owner.GetAsync(path)).MustBe(200);
            seen.AddRange(page.Page.QuerySelectorAll(".activity li").Select(row => Words(row.TextContent)));
            if (page.Page.QuerySelector("a[rel=next]")?.GetAttribute("href") is not { } next)
            {
                Assert.Equal(3, pages);
                Assert.NotNull(page.Page.QuerySelector($"main a.button[href='{Path}']"));
                break;
            }
            path = next;
        }
        Assert.Equal(121, seen.Count);
        Assert.Equal(Enumerable.Range(0, 120).Reverse().Select(number => $"key {number}"), seen[..120].Select(row => row.Split(" · ")[^1]));
    }

    [Fact]
    public async Task Of_what_an_administrator_did_it_does_not_say_where()
    {
        using var owner = await App.OpenAsNewUserAsync();
        var id = (await App.UserOfAsync(owner)).Id;
        await shared.Database.ExecuteAsync(
            $"insert into security_events (user_id, at, kind, address, user_agent, detail, actor_id) values ({id}, '2024-11-05 12:00:00.000', 42, '192.0.2.77', 'Firefox', '', 999999)");
        var row = Words((await owner.GetAsync(Path)).TextOf(".activity li"));
        Assert.Equal("Account disabled Nov 5, 2024, 12:00 · by an administrator", row);
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("-1")]
    [InlineData("1%20or%201=1")]
    [InlineData("99999999999999999999")]
    public async Task A_place_that_is_none_is_not_there(string place)
    {
        using var owner = await App.OpenAsNewUserAsync();
        (await owner.GetAsync($"{Path}?before={place}")).MustBe(404);
    }

    [Fact]
    public async Task Beyond_the_last_it_says_so()
    {
        using var owner = await App.OpenAsNewUserAsync();
        Assert.Equal("There is nothing older", (await owner.GetAsync($"{Path}?before=1")).MustBe(200).TextOf("main h2"));
    }

    [Fact]
    public async Task Nobody_sees_anybody_else_s()
    {
        using var owner = await App.OpenAsNewUserAsync();
        using var another = await App.OpenAsNewUserAsync();
        (await owner.GetAsync("/expenses/export/csv")).MustBe(200);
        Assert.DoesNotContain("exported", (await another.GetAsync(Path)).Text, StringComparison.Ordinal);
        using var nobody = App.Open();
        Assert.StartsWith("/login", new Uri(App.Address, (await nobody.GetAsync(Path)).MustBe(302).Location).AbsolutePath, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_kind_has_words_of_its_own()
    {
        var words = Enum.GetValues<SecurityEvent>().Select(EventWords.Of).ToList();
        Assert.DoesNotContain(EventWords.Of((SecurityEvent)9999), words);
        Assert.Equal(words.Count, words.Distinct().Count());
        Assert.All(Enum.GetValues<SignInMethod>(), method => Assert.StartsWith("with ", EventWords.DetailOf(SecurityEvent.SignedIn, method.ToString()), StringComparison.Ordinal));
    }

    private async Task<string?> CountAsync(Browser owner, SecurityEvent kind) =>
        await shared.Database.ScalarAsync($"select count(*) from security_events where kind = {(int)kind} and user_id = {(await App.UserOfAsync(owner)).Id}");

    private static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
