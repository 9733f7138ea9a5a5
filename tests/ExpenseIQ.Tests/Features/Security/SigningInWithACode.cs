using ExpenseIQ.Tests.Running;
using Microsoft.Extensions.Time.Testing;

namespace ExpenseIQ.Tests.Features.Security;

public sealed class SigningInWithACode(SharedApp shared) : IAsyncLifetime
{
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2024, 11, 15, 12, 0, 0, TimeSpan.Zero));
    private RunningApp app = null!;
    private Browser owner = null!;
    private AuthenticatorApp phone = null!;

    public async ValueTask InitializeAsync()
    {
        app = await shared.StartAnotherAsync(clock);
        owner = await app.OpenAsNewUserAsync();
        phone = await AuthenticatorApp.SetUpAsync(owner, clock);
    }

    public async ValueTask DisposeAsync()
    {
        owner.Dispose();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task The_password_alone_is_not_enough()
    {
        using var browser = app.Open();
        var answer = (await browser.TrySignInAsync(owner.Username, path: "/login?next=%2Fexpenses")).MustBe(302);
        Assert.Equal("/login/code?next=%2Fexpenses", answer.Location);
        Assert.False(await browser.IsSignedInAsync());
        (await browser.GetAsync("/dashboard")).MustBe(302);
        (await browser.GetAsync("/settings/security")).MustBe(302);
    }

    [Fact]
    public async Task The_code_of_the_app_completes_it_and_leads_on()
    {
        using var browser = app.Open();
        clock.Advance(TimeSpan.FromSeconds(30));
        var step = (await browser.TrySignInAsync(owner.Username, path: "/login?next=%2Fexpenses")).MustBe(302).Location!;
        var answer = (await browser.PostFormAsync(step, ("code", phone.Code()))).MustBe(302);
        Assert.Equal("/expenses", answer.Location);
        Assert.True(await browser.IsSignedInAsync());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task A_clock_that_is_half_a_minute_off_does_no_harm(int steps)
    {
        using var browser = app.Open();
        clock.Advance(TimeSpan.FromMinutes(2));
        (await SecondStepAsync(browser, phone.Code(steps))).MustBe(302);
        Assert.True(await browser.IsSignedInAsync());
    }

    [Theory]
    [InlineData(-2)]
    [InlineData(2)]
    public async Task A_code_of_another_minute_does_not_count(int steps)
    {
        using var browser = app.Open();
        clock.Advance(TimeSpan.FromMinutes(5));
        var answer = (await SecondStepAsync(browser, phone.Code(steps))).MustBe(422);
        Assert.NotNull(answer.Error("code"));
        Assert.False(await browser.IsSignedInAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("abcdef")]
    [InlineData("１２３４５６")]
    [InlineData("1234567890123456789012345678901234567890")]
    [InlineData("000000' or 1=1 --")]
    public async Task What_is_no_code_is_said_at_the_field(string code)
    {
        using var browser = app.Open();
        Assert.NotNull((await SecondStepAsync(browser, code)).MustBe(422).Error("code"));
    }

    [Fact]
    public async Task A_code_counts_once()
    {
        clock.Advance(TimeSpan.FromMinutes(1));
        using var first = app.Open();
        using var second = app.Open();
        (await SecondStepAsync(first, phone.Code())).MustBe(302);
        (await SecondStepAsync(second, phone.Code())).MustBe(422);
        Assert.False(await second.IsSignedInAsync());
        // Nor does an earlier one that was not used.
        (await SecondStepAsync(second, phone.Code(-1))).MustBe(422);
    }

    [Fact]
    public async Task Of_those_who_send_one_code_at_once_one_gets_in()
    {
        clock.Advance(TimeSpan.FromMinutes(1));
        var browsers = Enumerable.Range(0, 4).Select(_ => app.Open()).ToList();
        var forms = new List<Dictionary<string, string>>();
        foreach (var browser in browsers)
        {
            await browser.TrySignInAsync(owner.Username);
            forms.Add(Browser.Fill(await browser.GetAsync("/login/code"), ("code", phone.Code())));
        }
        var answers = await Task.WhenAll(browsers.Zip(forms, (browser, form) => browser.PostAsync("/login/code", form)));
        Assert.Single(answers, answer => answer.Status == 302);
        foreach (var browser in browsers) browser.Dispose();
    }

    [Fact]
    public async Task Each_recovery_code_works_once_in_place_of_the_app_however_it_is_typed()
    {
        Assert.Equal(10, phone.Recovery.Distinct().Count());
        using var browser = app.Open();
        (await SecondStepAsync(browser, phone.Recovery[0].ToUpperInvariant().Replace('-', ' '))).MustBe(302);
        Assert.True(await browser.IsSignedInAsync());
        using var again = app.Open();
        (await SecondStepAsync(again, phone.Recovery[0])).MustBe(422);
        (await SecondStepAsync(again, phone.Recovery[1])).MustBe(302);
        Assert.Contains("left: 8", (await browser.GetAsync("/settings/security")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_database_has_neither_the_key_nor_the_recovery_codes()
    {
        var user = await app.UserOfAsync(owner);
        var kept = await shared.Database.QueryAsync($"select totp_key from users where id = {user.Id}");
        Assert.StartsWith("CfDJ8", kept[0][0], StringComparison.Ordinal);
        Assert.Equal("10", await shared.Database.ScalarAsync($"select count(*) from recovery_codes where user_id = {user.Id} and length(code_hash) = 32"));
    }

    [Fact]
    public async Task Guessing_codes_takes_longer_and_longer()
    {
        using var browser = app.Open();
        await browser.TrySignInAsync(owner.Username);
        var statuses = new List<int>();
        for (var guess = 0; guess < 200; guess++)
        {
            var page = await browser.GetAsync("/login/code");
            if (page.Status != 200) break; // the step is over
            statuses.Add((await browser.PostAsync("/login/code", Browser.Fill(page, ("code", "000000")))).Status);
            clock.Advance(TimeSpan.FromSeconds(1));
        }
        Assert.Equal(200, statuses.Count);
        Assert.InRange(statuses.Count(status => status == 422), 6, 14);
        Assert.Equal(429, statuses[^1]);
        // The owner, with the right code, waits as well: whoever guesses knows the password.
        var refused = await browser.PostFormAsync("/login/code", ("code", phone.Code()));
        Assert.Equal(429, refused.Status);
        Assert.NotEmpty(refused.Headers["Retry-After"]);
    }

    [Fact]
    public async Task Guesses_that_are_made_at_once_count_each()
    {
        using var browser = app.Open();
        await browser.TrySignInAsync(owner.Username);
        var form = Browser.Fill(await browser.GetAsync("/login/code"), ("code", "000000"));
        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => browser.PostAsync("/login/code", form)));
        Assert.InRange(answers.Count(answer => answer.Status == 422), 5, 6);
        Assert.All(answers.Where(answer => answer.Status != 422), answer => Assert.Equal(429, answer.Status));
    }

    [Fact]
    public async Task The_step_lasts_ten_minutes_and_belongs_to_the_browser()
    {
        using var browser = app.Open();
        await browser.TrySignInAsync(owner.Username);
        using var elsewhere = app.Open();
        Assert.Equal("/login", (await elsewhere.GetAsync("/login/code")).MustBe(302).Location);
        clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal("/login", (await browser.GetAsync("/login/code")).MustBe(302).Location);
    }

    [Fact]
    public async Task A_remembered_device_is_asked_for_no_code_for_thirty_days_and_only_where_that_was_chosen()
    {
        using var browser = app.Open();
        clock.Advance(TimeSpan.FromMinutes(1));
        await browser.TrySignInAsync(owner.Username);
        var page = await browser.GetAsync("/login/code");
        Assert.Null(page.Value("leave_out"));
        (await browser.PostAsync("/login/code", Browser.Fill(page, ("code", phone.Code())))).MustBe(302);
        (await browser.PostFormAsync("/logout")).MustBe(302);
        Assert.Equal("/login/code", (await browser.TrySignInAsync(owner.Username)).MustBe(302).Location);

        clock.Advance(TimeSpan.FromMinutes(1));
        (await browser.PostFormAsync("/login/code", ("code", phone.Code()), ("leave_out", "true"))).MustBe(302);
        (await browser.PostFormAsync("/logout")).MustBe(302);
        Assert.Equal("/dashboard", (await browser.TrySignInAsync(owner.Username)).MustBe(302).Location);
        // What is dangerous asks for the code all the same.
        Assert.StartsWith("/confirm", (await browser.GetAsync("/settings/security/password")).MustBe(302).Location, StringComparison.Ordinal);
        (await browser.PostFormAsync("/logout")).MustBe(302);
        clock.Advance(TimeSpan.FromDays(31));
        Assert.Equal("/login/code", (await browser.TrySignInAsync(owner.Username)).MustBe(302).Location);
    }

    [Fact]
    public async Task Turning_codes_off_needs_the_code_and_ends_them()
    {
        clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal("/confirm?next=%2Fsettings%2Fsecurity%2Fcodes", (await owner.GetAsync("/settings/security/codes")).MustBe(302).Location);
        var wrong = (await owner.PostFormAsync("/confirm", ("password", Browser.Password), ("code", "000000"), ("next", "/settings/security/codes"))).MustBe(422);
        Assert.NotNull(wrong.Error("code"));
        (await owner.PostFormAsync("/confirm", ("password", Browser.Password), ("code", phone.Code()), ("next", "/settings/security/codes"))).MustBe(302);
        var page = (await owner.GetAsync("/settings/security/codes")).MustBe(200);
        (await owner.PostAsync("/settings/security/codes", Browser.Fill(page, ("act", "off")))).MustBe(302);
        using var browser = app.Open();
        Assert.Equal("/dashboard", (await browser.TrySignInAsync(owner.Username)).MustBe(302).Location);
    }

    [Fact]
    public async Task New_recovery_codes_take_the_place_of_the_old_ones()
    {
        var page = (await owner.GetAsync("/settings/security/codes")).MustBe(200);
        var answer = (await owner.PostAsync("/settings/security/codes", Browser.Fill(page, ("act", "recovery")))).MustBe(200);
        var codes = answer.Page.QuerySelectorAll(".recovery-codes code").Select(code => code.TextContent).ToList();
        Assert.Equal(10, codes.Except(phone.Recovery).Count());
        using var browser = app.Open();
        (await SecondStepAsync(browser, phone.Recovery[3])).MustBe(422);
        (await SecondStepAsync(browser, codes[3])).MustBe(302);
    }

    [Fact]
    public async Task The_key_of_the_form_is_sealed_for_its_account()
    {
        using var another = await app.OpenAsNewUserAsync();
        var page = (await another.GetAsync("/settings/security/codes")).MustBe(200);
        var key = page.TextOf("code.key").Replace(" ", "", StringComparison.Ordinal);
        using var victim = await app.OpenAsNewUserAsync();
        var form = Browser.Fill((await victim.GetAsync("/settings/security/codes")).MustBe(200), ("key", page.Value("key")), ("code", new AuthenticatorApp(key, clock).Code()));
        Assert.NotNull((await victim.PostAsync("/settings/security/codes", form)).MustBe(422).Error("code"));
        Assert.Equal("/dashboard", (await victim.TrySignInAgainAsync(app)).Location);
    }

    private async Task<Answer> SecondStepAsync(Browser browser, string code)
    {
        (await browser.TrySignInAsync(owner.Username)).MustBe(302);
        return await browser.PostFormAsync("/login/code", ("code", code));
    }
}
