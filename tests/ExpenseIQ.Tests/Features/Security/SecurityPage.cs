using ExpenseIQ.Tests.Running;

namespace ExpenseIQ.Tests.Features.Security;

public sealed class SecurityPage(SharedApp shared)
{
    private const string Path = "/settings/security";
    private const string EndPath = "/settings/security/sessions/end";

    [Fact]
    public async Task Lists_where_the_account_is_signed_in()
    {
        using var here = await shared.App.OpenAsNewUserAsync();
        using var there = shared.App.Open();
        var form = Browser.Fill(await there.GetAsync("/login"), ("email", here.Username), ("password", Browser.Password));
        (await there.PostAsync("/login", form, ("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"))).MustBe(302);
        var page = (await here.GetAsync(Path)).MustBe(200);
        var rows = page.Page.QuerySelectorAll("section:has(#sessions-title) .row-name").Select(row => row.TextContent).ToList();
        Assert.Equal(2, rows.Count);
        Assert.Contains("Firefox on Linux", rows);
        Assert.Single(rows, row => row.EndsWith("(here)", StringComparison.Ordinal));
        Assert.Contains("127.0.0.1", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ends_one_session_elsewhere_at_once()
    {
        using var here = await shared.App.OpenAsNewUserAsync();
        using var there = shared.App.Open();
        using var third = shared.App.Open();
        await there.SignInAsync(here.Username);
        var page = await here.GetAsync(Path);
        await third.SignInAsync(here.Username);
        (await here.PostAsync(EndPath, Browser.FillFor(EndPath, page))).MustBe(302);
        Assert.False(await there.IsSignedInAsync());
        Assert.True(await here.IsSignedInAsync());
        Assert.True(await third.IsSignedInAsync());
        // Twice is no harm, and says that there is none.
        (await here.PostAsync(EndPath, Browser.FillFor(EndPath, page))).MustBe(404);
    }

    [Fact]
    public async Task Ends_all_others_and_forgets_the_devices_that_need_no_code()
    {
        using var here = await shared.App.OpenAsNewUserAsync();
        var browsers = Enumerable.Range(0, 3).Select(_ => shared.App.Open()).ToList();
        foreach (var browser in browsers) await browser.SignInAsync(here.Username, remember: true);
        var page = await here.GetAsync(Path);
        (await here.PostAsync(EndPath, Browser.FillFor(EndPath, page, ("key", "others")))).MustBe(302);
        Assert.True(await here.IsSignedInAsync());
        foreach (var browser in browsers)
        {
            Assert.False(await browser.IsSignedInAsync());
            browser.Dispose();
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("zz")]
    [InlineData("' or 1=1 --")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    public async Task A_session_that_there_is_not_is_a_404(string key)
    {
        using var here = await shared.App.OpenAsNewUserAsync();
        using var there = shared.App.Open();
        await there.SignInAsync(here.Username);
        (await here.PostAsync(EndPath, Browser.FillFor(EndPath, await here.GetAsync(Path), ("key", key)))).MustBe(404);
        Assert.True(await there.IsSignedInAsync());
    }

    [Fact]
    public async Task Nobody_ends_a_session_of_somebody_else()
    {
        using var owner = await shared.App.OpenAsNewUserAsync();
        using var ownersPhone = shared.App.Open();
        await ownersPhone.SignInAsync(owner.Username);
        var key = Browser.FillFor(EndPath, await owner.GetAsync(Path))["key"];
        using var stranger = await shared.App.OpenAsNewUserAsync();
        using var strangersPhone = shared.App.Open();
        await strangersPhone.SignInAsync(stranger.Username);
        (await stranger.PostAsync(EndPath, Browser.FillFor(EndPath, await stranger.GetAsync(Path), ("key", key)))).MustBe(404);
        Assert.True(await owner.IsSignedInAsync());
        Assert.True(await ownersPhone.IsSignedInAsync());
    }

    [Fact]
    public async Task A_new_password_ends_all_other_sessions_and_counts_at_once()
    {
        using var here = await shared.App.OpenAsNewUserAsync();
        using var there = shared.App.Open();
        await there.SignInAsync(here.Username);
        (await here.PostFormAsync("/settings/security/password", ("password", "a new long sentence"), ("confirm", "a new long sentence"))).MustBe(302);
        Assert.True(await here.IsSignedInAsync());
        Assert.False(await there.IsSignedInAsync());
        Assert.Equal(422, (await here.TrySignInAgainAsync(shared.App)).Status);
        (await here.TrySignInAgainAsync(shared.App, "a new long sentence")).MustBe(302);
    }

    [Theory]
    [InlineData("", "", "password")]
    [InlineData("short", "short", "password")]
    [InlineData("long enough", "long enough but not the same", "confirm")]
    public async Task A_new_password_that_will_not_do_is_said_at_the_field(string password, string confirm, string field)
    {
        using var here = await shared.App.OpenAsNewUserAsync();
        Assert.NotNull((await here.PostFormAsync("/settings/security/password", ("password", password), ("confirm", confirm))).MustBe(422).Error(field));
        (await here.TrySignInAgainAsync(shared.App)).MustBe(302);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("{}", "x")]
    [InlineData("null", "CfDJ8")]
    [InlineData("{\"id\":\"AAAA\",\"rawId\":\"AAAA\",\"type\":\"public-key\",\"response\":{}}", "")]
    [InlineData("[1,2,3]", "")]
    [InlineData("not json", "")]
    public async Task An_answer_that_is_no_passkey_signs_nobody_in(string credential, string state)
    {
        using var browser = shared.App.Open();
        var question = (await browser.GetAsync("/api/passkeys/question")).MustBe(200).Json;
        var form = Browser.FillFor("/login/passkey", await browser.GetAsync("/login"), ("credential", credential), ("state", state.Length > 0 ? state : question.GetProperty("state").GetString()));
        Assert.NotNull((await browser.PostAsync("/login/passkey", form)).MustBe(422).Alert);
        Assert.False(await browser.IsSignedInAsync());
        using var owner = await shared.App.OpenAsNewUserAsync();
        var page = await owner.GetAsync("/settings/security/passkeys");
        var added = await owner.PostAsync("/settings/security/passkeys", Browser.Fill(page, ("name", "mine"), ("credential", credential), ("state", state)));
        Assert.Equal("mine", added.MustBe(422).Value("name"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a name that is longer than anybody needs it to be, by far")]
    public async Task A_passkey_needs_a_name(string name)
    {
        using var owner = await shared.App.OpenAsNewUserAsync();
        Assert.NotNull((await owner.PostFormAsync("/settings/security/passkeys", ("name", name))).MustBe(422).Error("name"));
    }

    [Fact]
    public async Task An_account_that_is_shut_lets_nobody_in()
    {
        using var owner = await shared.App.OpenAsNewUserAsync();
        await shared.Database.ExecuteAsync($"update users set disabled_at = '2024-11-05 12:00:00.000' where username = '{owner.Username}'");
        var answer = await owner.TrySignInAgainAsync(shared.App);
        Assert.Contains("shut", answer.MustBe(422).Alert!, StringComparison.Ordinal);
        // Somebody without the password learns nothing of it.
        Assert.DoesNotContain("shut", (await owner.TrySignInAgainAsync(shared.App, "wrong")).MustBe(422).Alert!, StringComparison.Ordinal);
    }
}
