using ExpenseIQ.Tests.Running;
using Microsoft.Extensions.Time.Testing;

namespace ExpenseIQ.Tests.Features.Security;

public sealed class GuessingPasswords : IAsyncLifetime
{
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2024, 11, 15, 12, 0, 0, TimeSpan.Zero));
    private readonly ScratchDatabase database = new();
    private RunningApp app = null!;

    public async ValueTask InitializeAsync() => app = await RunningApp.StartAsync(
        database.Settings with { TrustedProxies = [System.Net.IPNetwork.Parse("127.0.0.1/32")] }, clock);

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task Two_hundred_guesses_at_an_account_are_a_handful()
    {
        using var owner = await app.OpenAsNewUserAsync();
        var looked = await GuessAsync(owner.Username, 200, TimeSpan.FromSeconds(1));
        Assert.InRange(looked, 6, 14);
        var refused = await owner.TrySignInAgainAsync(app);
        Assert.Equal(429, refused.MustBe(429).Status);
        Assert.Matches("wait [0-9]+ (seconds|minutes)", refused.Alert!);
        Assert.Equal(owner.Username, refused.Value("email"));
        Assert.InRange(int.Parse(refused.Headers["Retry-After"], System.Globalization.CultureInfo.InvariantCulture), 1, 900);
    }

    [Fact]
    public async Task A_name_that_nobody_has_is_answered_in_the_same_way()
    {
        using var owner = await app.OpenAsNewUserAsync();
        var known = await AnswersAsync(owner.Username, 12);
        var unknown = await AnswersAsync("nobody_" + Guid.NewGuid().ToString("N")[..8], 12);
        Assert.Equal(known, unknown);
    }

    /// <summary>Were name and address counted together, the wait of one would tell whose the other is.</summary>
    [Fact]
    public async Task What_waits_for_a_name_does_not_wait_for_its_address()
    {
        using var owner = await app.OpenAsNewUserAsync();
        await GuessAsync(owner.Username, 7, TimeSpan.Zero);
        Assert.Equal(429, (await owner.TrySignInAgainAsync(app)).Status);
        Assert.Equal(1, await GuessAsync(owner.Email, 1, TimeSpan.Zero));
    }

    /// <summary>Whoever wants to keep the owner out can't: the browser at which the account was signed in is counted apart.</summary>
    [Fact]
    public async Task Strangers_can_not_keep_the_owner_out()
    {
        using var owner = await app.OpenAsNewUserAsync();
        await GuessAsync(owner.Username, 200, TimeSpan.FromSeconds(1));
        (await owner.PostFormAsync("/logout")).MustBe(302);
        (await owner.TrySignInAsync(owner.Username)).MustBe(302);
        Assert.True(await owner.IsSignedInAsync());
    }

    /// <summary>Somebody who knew the password signed in from many browsers; a new password makes strangers of all of them.</summary>
    [Fact]
    public async Task A_new_password_forgets_the_browsers_that_were_known()
    {
        using var owner = await app.OpenAsNewUserAsync();
        using var other = app.Open();
        await other.SignInAsync(owner.Username);
        (await owner.PostFormAsync("/settings/security/password", ("password", "a new long sentence"), ("confirm", "a new long sentence"))).MustBe(302);
        await GuessAsync(owner.Username, 7, TimeSpan.Zero);
        Assert.Equal(429, (await other.TrySignInAsync(owner.Username, "a guess")).Status);
        (await owner.PostFormAsync("/logout")).MustBe(302);
        (await owner.TrySignInAsync(owner.Username, "a new long sentence")).MustBe(302);
    }

    [Fact]
    public async Task A_known_browser_can_not_guess_without_end_either()
    {
        using var owner = await app.OpenAsNewUserAsync();
        (await owner.PostFormAsync("/logout")).MustBe(302);
        var statuses = new List<int>();
        for (var guess = 0; guess < 30; guess++) statuses.Add((await owner.TrySignInAsync(owner.Username, "wrong")).Status);
        Assert.InRange(statuses.Count(status => status == 422), 5, 7);
    }

    [Fact]
    public async Task The_wait_doubles_up_to_a_quarter_of_an_hour_and_is_over_then()
    {
        using var owner = await app.OpenAsNewUserAsync();
        var waits = new List<int>();
        for (var guess = 0; guess < 40; guess++)
        {
            var answer = await owner.TrySignInAgainAsync(app, "wrong");
            if (answer.Status == 422) continue;
            waits.Add(int.Parse(answer.Headers["Retry-After"], System.Globalization.CultureInfo.InvariantCulture));
            clock.Advance(TimeSpan.FromSeconds(waits[^1]));
        }
        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900], waits.Take(11));
        Assert.All(waits, wait => Assert.InRange(wait, 1, 900));
        clock.Advance(TimeSpan.FromMinutes(15));
        (await owner.TrySignInAgainAsync(app)).MustBe(302);
        // The right password wipes it out.
        Assert.Equal(422, (await owner.TrySignInAgainAsync(app, "wrong")).Status);
        (await owner.TrySignInAgainAsync(app)).MustBe(302);
    }

    [Fact]
    public async Task Guesses_that_are_made_at_once_count_each()
    {
        using var owner = await app.OpenAsNewUserAsync();
        using var browser = app.Open();
        var form = Browser.Fill(await browser.GetAsync("/login"), ("email", owner.Username), ("password", "wrong"));
        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => browser.PostAsync("/login", form)));
        Assert.InRange(answers.Count(answer => answer.Status == 422), 5, 6);
    }

    [Fact]
    public async Task Instances_count_together()
    {
        using var owner = await app.OpenAsNewUserAsync();
        await using var second = await RunningApp.StartAsync(database.Settings, clock);
        for (var guess = 0; guess < 3; guess++)
        {
            await owner.TrySignInAgainAsync(app, "wrong");
            await owner.TrySignInAgainAsync(second, "wrong");
        }
        Assert.Equal(429, (await owner.TrySignInAgainAsync(second)).Status);
    }

    /// <summary>One password for many accounts, from one network.</summary>
    [Fact]
    public async Task A_network_that_tries_many_accounts_waits()
    {
        using var owner = await app.OpenAsNewUserAsync();
        var statuses = new List<int>();
        for (var guess = 0; guess < 60; guess++) statuses.Add(await TryFromAsync("203.0.113.7", $"somebody_{guess}"));
        Assert.InRange(statuses.Count(status => status == 422), 20, 23);
        // From elsewhere nobody has to wait.
        Assert.Equal(422, await TryFromAsync("203.0.113.8", "somebody_else"));
        // Of an IPv6 address the first half counts, since the rest is anybody's choice.
        statuses.Clear();
        for (var guess = 0; guess < 40; guess++) statuses.Add(await TryFromAsync($"2001:db8:1:2::{guess + 1:x}", $"another_{guess}"));
        Assert.InRange(statuses.Count(status => status == 422), 20, 23);
        Assert.Equal(422, await TryFromAsync("2001:db8:1:3::1", "yet_another"));
    }

    [Fact]
    public async Task What_is_forgotten_is_forgotten_bit_by_bit()
    {
        using var owner = await app.OpenAsNewUserAsync();
        Assert.Equal(6, await GuessAsync(owner.Username, 8, TimeSpan.Zero));
        clock.Advance(TimeSpan.FromHours(2) + TimeSpan.FromMinutes(1));
        Assert.Equal(2, await GuessAsync(owner.Username, 8, TimeSpan.Zero)); // two are forgotten
    }

    private async Task<int> TryFromAsync(string address, string name)
    {
        using var browser = app.Open();
        var form = Browser.Fill(await browser.GetAsync("/login"), ("email", name), ("password", "wrong"));
        return (await browser.PostAsync("/login", form, ("X-Forwarded-For", address))).Status;
    }

    /// <returns>How many were looked at.</returns>
    private async Task<int> GuessAsync(string name, int guesses, TimeSpan pause)
    {
        using var browser = app.Open();
        var form = Browser.Fill(await browser.GetAsync("/login"), ("email", name));
        var looked = 0;
        for (var guess = 0; guess < guesses; guess++)
        {
            form["password"] = $"wrong {guess}";
            if ((await browser.PostAsync("/login", form)).Status == 422) looked++;
            clock.Advance(pause);
        }
        return looked;
    }

    private async Task<List<(int Status, string? Alert)>> AnswersAsync(string name, int guesses)
    {
        using var browser = app.Open();
        var form = Browser.Fill(await browser.GetAsync("/login"), ("email", name), ("password", "wrong"));
        var answers = new List<(int, string?)>();
        for (var guess = 0; guess < guesses; guess++)
        {
            var answer = await browser.PostAsync("/login", form);
            answers.Add((answer.Status, answer.Alert));
        }
        return answers;
    }
}
