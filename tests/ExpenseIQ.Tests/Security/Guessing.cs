using System.Net;
using ExpenseIQ.Tests.Running;
using Microsoft.Extensions.Time.Testing;
using OtpNet;

namespace ExpenseIQ.Tests.Security;

/// <summary>Two hundred guesses within a moment, each from another address: how many are looked at, and who has to wait for them.</summary>
public sealed class Guessing(SharedApp shared) : IAsyncLifetime
{
    private const int Guesses = 200;

    /// <summary>Five are free, and the sixth is the one whose failure makes the next wait.</summary>
    private const int LookedAt = 6;

    private readonly FakeTimeProvider time = new(DateTimeOffset.UtcNow);
    private RunningApp app = null!;
    private int address;

    public async ValueTask InitializeAsync() =>
        app = await shared.StartAnotherAsync(time, settings => settings with { TrustedProxies = [new IPNetwork(IPAddress.Loopback, 32)] });

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public async Task At_a_password_six_are_looked_at_and_the_owner_s_browser_does_not_wait(int atOnce)
    {
        using var owner = await app.OpenAsNewUserAsync();
        using var thief = app.Open();
        var form = Browser.Fill(await thief.GetAsync("/login"), ("email", owner.Username));
        var statuses = await GuessAsync(atOnce, guess => Send(thief, "/login", form, ("password", $"guess {guess}")));
        Assert.Equal((LookedAt, Guesses - LookedAt), (statuses.Count(status => status == 422), statuses.Count(status => status == 429)));
        Assert.Equal($"{LookedAt}", await FailuresOfAsync(owner, 3));

        // Right or wrong: it is not looked at, so that waiting tells nothing.
        Assert.Equal(429, (await Send(thief, "/login", form, ("password", Browser.Password))).Status);
        (await owner.PostAsync("/logout", Browser.FillFor("/logout", await owner.GetAsync("/dashboard")))).MustBe(302);
        await owner.SignInAsync(owner.Username);
        // A second later one more guess may be made.
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(422, (await Send(thief, "/login", form, ("password", "one more"))).Status);
        Assert.Equal(429, (await Send(thief, "/login", form, ("password", "and another"))).Status);
    }

    [Fact]
    public async Task At_a_name_that_nobody_has_the_answers_are_the_same()
    {
        using var thief = app.Open();
        var form = Browser.Fill(await thief.GetAsync("/login"), ("email", Browser.NewName()));
        var statuses = await GuessAsync(1, guess => Send(thief, "/login", form, ("password", $"guess {guess}")));
        Assert.Equal((LookedAt, Guesses - LookedAt), (statuses.Count(status => status == 422), statuses.Count(status => status == 429)));
    }

    [Fact]
    public async Task At_a_code_six_are_looked_at_however_often_the_password_is_entered_again()
    {
        using var owner = await app.OpenAsNewUserAsync();
        await TurnOnCodesAsync(owner);
        var statuses = new List<int>();
        foreach (var browser in Enumerable.Range(0, 4).Select(_ => app.Open()))
        {
            using (browser)
            {
                Assert.Equal("/login/code", (await browser.TrySignInAsync(owner.Username)).MustBe(302).Location);
                var form = Browser.Fill(await browser.GetAsync("/login/code"));
                statuses.AddRange(await GuessAsync(1, guess => Send(browser, "/login/code", form, ("code", $"{guess:000000}")), Guesses / 4));
            }
        }
        Assert.Equal((LookedAt, Guesses - LookedAt), (statuses.Count(status => status == 422), statuses.Count(status => status == 429)));
        Assert.Equal($"{LookedAt}", await FailuresOfAsync(owner, 4));
    }

    [Fact]
    public async Task Registering_with_a_name_that_is_taken_is_no_way_around()
    {
        using var owner = await app.OpenAsNewUserAsync();
        using var thief = app.Open();
        var form = Browser.Fill(await thief.GetAsync("/register"), ("username", owner.Username), ("email", owner.Email));
        var statuses = await GuessAsync(1, guess => Send(thief, "/register", form, ("password", $"guess number {guess}"), ("confirm", $"guess number {guess}")));
        Assert.Equal((LookedAt, Guesses - LookedAt), (statuses.Count(status => status == 422), statuses.Count(status => status == 429)));
        Assert.Equal(429, (await Send(thief, "/login", Browser.Fill(await thief.GetAsync("/login")), ("email", owner.Username), ("password", Browser.Password))).Status);
    }

    [Fact]
    public async Task Registering_again_asks_for_a_code_where_the_account_has_them()
    {
        using var owner = await app.OpenAsNewUserAsync();
        await TurnOnCodesAsync(owner);
        using var thief = app.Open();
        var answer = await thief.PostFormAsync(
            "/register", ("username", owner.Username), ("email", owner.Email), ("password", Browser.Password), ("confirm", Browser.Password));
        Assert.Equal("/login/code", answer.MustBe(302).Location);
        Assert.False(await thief.IsSignedInAsync());
    }

    [Fact]
    public async Task A_clock_that_is_ahead_keeps_nobody_waiting_who_guessed_little()
    {
        using var owner = await app.OpenAsNewUserAsync();
        await using var ahead = await shared.StartAnotherAsync(new FakeTimeProvider(time.GetUtcNow().AddSeconds(3)));
        using var elsewhere = ahead.Open();
        Assert.Equal(422, (await elsewhere.TrySignInAsync(owner.Username, "not the password")).Status);
        using var here = app.Open();
        await here.SignInAsync(owner.Username);
    }

    private async Task TurnOnCodesAsync(Browser owner)
    {
        var page = (await owner.GetAsync("/settings/security/codes")).MustBe(200);
        var code = new Totp(Base32Encoding.ToBytes(page.TextOf("code.key").Replace(" ", "", StringComparison.Ordinal))).ComputeTotp(time.GetUtcNow().UtcDateTime);
        (await owner.PostAsync("/settings/security/codes", Browser.Fill(page, ("code", code)))).MustBe(200);
    }

    private static async Task<List<int>> GuessAsync(int atOnce, Func<int, Task<Answer>> guess, int guesses = Guesses)
    {
        var statuses = new List<int>();
        foreach (var together in Enumerable.Range(0, guesses).Chunk(atOnce))
            statuses.AddRange((await Task.WhenAll(together.Select(guess))).Select(answer => answer.Status));
        return statuses;
    }

    /// <summary>From an address that nobody had before.</summary>
    private Task<Answer> Send(Browser browser, string path, Dictionary<string, string> form, params (string Field, string Value)[] typed)
    {
        var fields = new Dictionary<string, string>(form, StringComparer.Ordinal);
        foreach (var (field, value) in typed) fields[field] = value;
        var number = Interlocked.Increment(ref address);
        return browser.PostAsync(path, fields, ("X-Forwarded-For", $"10.{number >> 16}.{number >> 8 & 255}.{number & 255}"));
    }

    /// <summary>How often it is recorded that a try of that kind failed.</summary>
    private async Task<string?> FailuresOfAsync(Browser owner, int kind) => await shared.Database.ScalarAsync(
        $"select count(*) from security_events where kind = {kind} and user_id = (select id from users where username = '{owner.Username}')");
}
