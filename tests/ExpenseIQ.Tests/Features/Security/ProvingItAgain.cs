using ExpenseIQ.Tests.Running;
using Microsoft.Extensions.Time.Testing;

namespace ExpenseIQ.Tests.Features.Security;

public sealed class ProvingItAgain(SharedApp shared) : IAsyncLifetime
{
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2024, 11, 15, 12, 0, 0, TimeSpan.Zero));
    private RunningApp app = null!;
    private Browser owner = null!;

    public async ValueTask InitializeAsync()
    {
        app = await shared.StartAnotherAsync(clock);
        owner = await app.OpenAsNewUserAsync();
    }

    public async ValueTask DisposeAsync()
    {
        owner.Dispose();
        await app.DisposeAsync();
    }

    [Theory]
    [InlineData("/settings/security/password")]
    [InlineData("/settings/security/codes")]
    [InlineData("/settings/security/passkeys")]
    public async Task What_is_dangerous_asks_first_ten_minutes_after_signing_in(string path)
    {
        clock.Advance(TimeSpan.FromMinutes(9));
        (await owner.GetAsync(path)).MustBe(200);
        clock.Advance(TimeSpan.FromMinutes(1));
        var asked = (await owner.GetAsync(path)).MustBe(302).Location!;
        Assert.Equal("/confirm?next=" + Uri.EscapeDataString(path), asked);
        Assert.Equal(path, (await owner.PostFormAsync(asked, ("password", Browser.Password))).MustBe(302).Location);
        (await owner.GetAsync(path)).MustBe(200);
        clock.Advance(TimeSpan.FromMinutes(11));
        (await owner.GetAsync(path)).MustBe(302);
    }

    [Fact]
    public async Task A_form_that_was_open_for_long_does_nothing_before()
    {
        var form = Browser.Fill(await owner.GetAsync("/settings/security/password"), ("password", "another long password"), ("confirm", "another long password"));
        clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal("/confirm?next=%2Fsettings%2Fsecurity%2Fpassword", (await owner.PostAsync("/settings/security/password", form)).MustBe(302).Location);
        Assert.Equal(422, (await owner.TrySignInAgainAsync(app, "another long password")).Status);
    }

    [Fact]
    public async Task A_wrong_password_proves_nothing_and_guessing_it_takes_longer_and_longer()
    {
        clock.Advance(TimeSpan.FromMinutes(11));
        var form = Browser.Fill(await owner.GetAsync("/confirm"), ("password", "wrong"));
        var answers = new List<Answer>();
        for (var guess = 0; guess < 12; guess++) answers.Add(await owner.PostAsync("/confirm", form));
        Assert.NotNull(answers[0].MustBe(422).Error("password"));
        Assert.InRange(answers.Count(answer => answer.Status == 422), 5, 6);
        Assert.Equal(429, answers[^1].Status);
        (await owner.GetAsync("/settings/security/password")).MustBe(302);
        // That does not keep the owner from signing in elsewhere.
        (await owner.TrySignInAgainAsync(app)).MustBe(302);
    }

    [Fact]
    public async Task It_needs_a_password()
    {
        Assert.NotNull((await owner.PostFormAsync("/confirm", ("password", ""))).MustBe(422).Error("password"));
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("https://evil.example")]
    [InlineData("/\\evil.example")]
    public async Task It_leads_on_to_this_site_alone(string next)
    {
        Assert.Equal("/settings/security", (await owner.PostFormAsync("/confirm?next=" + Uri.EscapeDataString(next), ("password", Browser.Password))).MustBe(302).Location);
        Assert.Equal("/settings/security", (await owner.PostFormAsync("/confirm", ("password", Browser.Password), ("next", next))).MustBe(302).Location);
    }

    [Fact]
    public async Task The_session_goes_on_under_a_new_token()
    {
        var before = owner.CookieOf("expenseiq")!;
        (await owner.PostFormAsync("/confirm", ("password", Browser.Password))).MustBe(302);
        Assert.NotEqual(before, owner.CookieOf("expenseiq"));
        Assert.True(await owner.IsSignedInAsync());
        using var thief = app.Open();
        Assert.Equal(401, (await thief.GetAsync("/api/analytics", ("Cookie", $"expenseiq={before}"))).Status);
    }

    /// <summary>Somebody who knows the password tries codes elsewhere, without end.</summary>
    [Fact]
    public async Task Codes_that_are_tried_elsewhere_do_not_keep_the_owner_from_it()
    {
        var phone = await AuthenticatorApp.SetUpAsync(owner, clock);
        using var thief = app.Open();
        await thief.TrySignInAsync(owner.Username);
        for (var guess = 0; guess < 10; guess++) await thief.PostFormAsync("/login/code", ("code", "000000"));
        Assert.Equal(429, (await thief.PostFormAsync("/login/code", ("code", "000000"))).Status);
        clock.Advance(TimeSpan.FromMinutes(11));
        (await owner.PostFormAsync("/confirm", ("password", Browser.Password), ("code", phone.Code()))).MustBe(302);
        // Nor from signing in again where the account was signed in before.
        (await owner.PostFormAsync("/logout")).MustBe(302);
        clock.Advance(TimeSpan.FromSeconds(30));
        await owner.TrySignInAsync(owner.Username);
        (await owner.PostFormAsync("/login/code", ("code", phone.Code()))).MustBe(302);
    }

    [Fact]
    public async Task What_is_secret_does_not_travel_through_the_sign_in()
    {
        var form = Browser.Fill(await owner.GetAsync("/settings/security/password"), ("password", "another long password"), ("confirm", "another long password"));
        clock.Advance(TimeSpan.FromHours(1));
        var login = (await owner.PostAsync("/settings/security/password", form)).MustBe(302).Location!;
        var draft = System.Web.HttpUtility.ParseQueryString(new Uri(app.Address, login).Query)["next"]!;
        Assert.StartsWith("/settings/security/password", draft, StringComparison.Ordinal);
        Assert.InRange(draft.Length, 1, 300); // two passwords would make it longer
    }

    [Fact]
    public async Task A_new_passkey_needs_it_too()
    {
        clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(403, (await owner.GetAsync("/api/passkeys/question-for-new")).Status);
    }
}
