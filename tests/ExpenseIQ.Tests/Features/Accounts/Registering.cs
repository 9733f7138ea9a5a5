using System.Net;
using ExpenseIQ.Tests.Running;

namespace ExpenseIQ.Tests.Features.Accounts;

public sealed class Registering(SharedApp shared)
{
    private RunningApp App => shared.App;

    [Fact]
    public async Task A_newcomer_is_signed_in_and_sees_nothing_of_others()
    {
        using var browser = await App.OpenAsNewUserAsync();
        (await browser.GetAsync("/dashboard")).MustBe(HttpStatusCode.OK);
        Assert.Equal("0", (await browser.GetAsync("/expenses")).TextOf("#count"));
    }

    [Theory]
    [InlineData("", "Choose")]
    [InlineData("ab", "3 to 50")]
    [InlineData("a23456789_b23456789_c23456789_d23456789_e23456789_f", "3 to 50")]
    [InlineData("with space", "letters")]
    [InlineData("a-b-c", "letters")]
    [InlineData("Jürgen", "letters")]
    [InlineData("名前名前", "letters")]
    [InlineData("🍜🍜🍜", "letters")]
    [InlineData("a@b.example", "letters")]
    [InlineData("<b>bold</b>", "letters")]
    [InlineData("'; drop table users; --", "letters")]
    public Task The_name_is_checked(string username, string message) => IsRefusedAsync("username", username, message);

    [Theory]
    [InlineData("", "Enter")]
    [InlineData("name", "complete")]
    [InlineData("name@", "complete")]
    [InlineData("@example.org", "complete")]
    [InlineData("name@example", "complete")]
    [InlineData("name@exam ple.org", "complete")]
    [InlineData("na me@example.org", "complete")]
    [InlineData("name@example..org", "complete")]
    [InlineData("name@-example.org", "complete")]
    [InlineData("name@example.org\nBcc: all@example.org", "complete")]
    [InlineData("名@example.org", "complete")]
    [InlineData("<script>@example.org", "complete")]
    public Task The_address_is_checked(string email, string message) => IsRefusedAsync("email", email, message);

    [Fact]
    public Task An_address_has_a_length_that_the_column_takes() =>
        IsRefusedAsync("email", $"name@{string.Join('.', Enumerable.Repeat(new string('a', 60), 5))}.org", "complete");

    [Theory]
    [InlineData("", "password", "Choose")]
    [InlineData("1234567", "password", "at least 8")]
    public async Task The_password_is_checked(string password, string field, string message)
    {
        using var browser = App.Open();
        var answer = await browser.PostFormAsync("/register", Fields(("password", password), ("confirm", password)));
        Assert.Equal(422, answer.Status);
        Assert.Contains(message, answer.Error(field), StringComparison.Ordinal);
        Assert.False(await browser.IsSignedInAsync());
    }

    /// <summary>The framework reads no form with it; a browser does not send one.</summary>
    [Theory]
    [InlineData("username", "abc\0def")]
    [InlineData("email", "name\0@example.org")]
    [InlineData("password", "with\0null")]
    public async Task A_null_character_is_taken_nowhere(string field, string text)
    {
        using var browser = App.Open();
        (await browser.PostFormAsync("/register", Fields((field, text)))).MustBe(HttpStatusCode.BadRequest);
        Assert.False(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task A_password_ends_somewhere()
    {
        using var browser = App.Open();
        var endless = new string('x', 1001);
        var answer = await browser.PostFormAsync("/register", Fields(("password", endless), ("confirm", endless)));
        Assert.Equal(422, answer.Status);
        Assert.NotNull(answer.Error("password"));
    }

    [Fact]
    public async Task The_password_is_typed_twice()
    {
        using var browser = App.Open();
        var answer = await browser.PostFormAsync("/register", Fields(("confirm", "another password")));
        Assert.Equal(422, answer.Status);
        Assert.Contains("differ", answer.Error("confirm"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_is_never_sent_back()
    {
        using var browser = App.Open();
        var answer = await browser.PostFormAsync("/register", Fields(("username", "x"), ("password", "never-sent-back"), ("confirm", "never-sent-back")));
        Assert.DoesNotContain("never-sent-back", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_is_taken_in_whatever_case()
    {
        using var first = await App.OpenAsNewUserAsync();
        using var second = App.Open();
        var answer = await second.PostFormAsync("/register", Fields(("username", first.Username.ToUpperInvariant())));
        Assert.Equal(422, answer.Status);
        Assert.Contains("taken", answer.Error("username"), StringComparison.Ordinal);
        Assert.Equal(first.Username.ToUpperInvariant(), answer.Value("username"));
    }

    [Fact]
    public async Task An_address_is_taken_in_whatever_case()
    {
        using var first = await App.OpenAsNewUserAsync();
        using var second = App.Open();
        var answer = await second.PostFormAsync("/register", Fields(("email", first.Email.ToUpperInvariant())));
        Assert.Equal(422, answer.Status);
        Assert.Contains("already", answer.Error("email"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_form_sent_twice_signs_in_to_the_one_account()
    {
        using var browser = App.Open();
        var form = Browser.Fill(await browser.GetAsync("/register"), Fields());
        var name = form["username"];
        Assert.Equal("/dashboard", (await browser.PostAsync("/register", form)).MustBe(302).Location);

        using var again = App.Open();
        var same = Browser.Fill(await again.GetAsync("/register"), ("username", name), ("email", form["email"]), ("password", form["password"]), ("confirm", form["password"]));
        Assert.Equal("/dashboard", (await again.PostAsync("/register", same)).MustBe(302).Location);
        Assert.True(await again.IsSignedInAsync());
        Assert.Equal("1", await shared.Database.ScalarAsync($"select count(*) from users where username = '{name}'"));
    }

    [Fact]
    public async Task A_form_sent_many_times_at_once_makes_one_account()
    {
        using var browser = App.Open();
        var form = Browser.Fill(await browser.GetAsync("/register"), Fields());
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => browser.PostAsync("/register", form)));
        Assert.All(answers, answer => Assert.Equal("/dashboard", answer.MustBe(302).Location));
        Assert.Equal("1", await shared.Database.ScalarAsync($"select count(*) from users where username = '{form["username"]}'"));
    }

    [Fact]
    public async Task Nobody_makes_themselves_the_administrator()
    {
        using var browser = App.Open();
        var form = Fields(("is_admin", "true"), ("IsAdmin", "true"), ("id", "1"), ("security_stamp", "x"));
        (await browser.PostFormAsync("/register", form)).MustBe(302);
        var row = Assert.Single(await shared.Database.QueryAsync($"select is_admin, id from users where username = '{form[0].Value}'"));
        Assert.NotEqual("1", row[1]);
        // The first account of the shared app may be this one by chance; the site's row says whose it was.
        Assert.Equal(row[1] == await shared.Database.ScalarAsync("select first_user_id from site"), row[0] is "1" or "True");
    }

    [Fact]
    public async Task The_first_account_is_the_administrators_and_only_one_is_however_many_register_at_once()
    {
        await using var database = new ScratchDatabase();
        await using var app = await RunningApp.StartAsync(database.Settings);
        var browsers = Enumerable.Range(0, 8).Select(_ => app.Open()).ToList();
        await Task.WhenAll(browsers.Select(browser => browser.RegisterAsync()));
        Assert.Equal("8", await database.ScalarAsync("select count(*) from users"));
        var admin = Assert.Single(await database.QueryAsync("select id from users where is_admin"));
        Assert.Equal(admin[0], await database.ScalarAsync("select first_user_id from site"));
        Assert.Empty(await database.VerifyAsync());
        browsers.ForEach(browser => browser.Dispose());
    }

    [Fact]
    public async Task The_first_of_those_who_come_one_after_the_other_is_the_administrator()
    {
        await using var database = new ScratchDatabase();
        await using var app = await RunningApp.StartAsync(database.Settings);
        using var first = await app.OpenAsNewUserAsync();
        using var second = await app.OpenAsNewUserAsync();
        Assert.True((await app.UserOfAsync(first)).IsAdmin);
        Assert.False((await app.UserOfAsync(second)).IsAdmin);
    }

    [Theory]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("ää€€ää€€ää€€ää€€ää€€ää€€äé🍜 €")]
    public async Task Every_byte_of_a_long_password_counts(string first72)
    {
        Assert.Equal(72, System.Text.Encoding.UTF8.GetByteCount(first72));
        using var browser = App.Open();
        await browser.RegisterAsync(password: first72 + "x" + "tail");
        foreach (var wrong in new[] { first72 + "ytail", first72, first72 + "x" })
        {
            using var other = App.Open();
            Assert.Equal(422, (await other.TrySignInAsync(browser.Username, wrong)).Status);
        }
        using var right = App.Open();
        await right.SignInAsync(browser.Username, first72 + "xtail");
    }

    [Theory]
    [InlineData("de-DE,de;q=0.9,en;q=0.5", "de-DE", "EUR")]
    [InlineData("de", "de-DE", "EUR")]
    [InlineData("en-GB", "en-GB", "GBP")]
    [InlineData("xx-nonsense, fr-CH;q=0.3", "fr-CH", "CHF")]
    [InlineData("*", "en-US", "USD")]
    [InlineData("eo", "en-US", "USD")]
    [InlineData(";;;,,,=", "en-US", "USD")]
    public async Task Language_and_currency_are_guessed_from_the_browser(string language, string locale, string currency)
    {
        using var browser = await App.OpenAsNewUserAsync(language);
        var user = await App.UserOfAsync(browser);
        Assert.Equal((locale, currency), (user.Locale, user.Currency));
    }

    [Theory]
    [InlineData("Pacific/Auckland", "Pacific/Auckland")]
    [InlineData("Nowhere/Land", null)]
    [InlineData("", null)]
    [InlineData("../../etc/passwd", null)]
    public async Task The_time_zone_is_one_that_exists(string sent, string? kept)
    {
        using var browser = App.Open();
        await browser.RegisterAsync(timeZone: sent);
        var user = await App.UserOfAsync(browser);
        Assert.Equal(kept ?? ExpenseIQ.Web.Locales.TimeZone(null).Id, user.TimeZone);
    }

    [Fact]
    public async Task Somebody_signed_in_has_no_need_to()
    {
        using var browser = await App.OpenAsNewUserAsync();
        Assert.Equal("/dashboard", (await browser.GetAsync("/register")).MustBe(302).Location);
    }

    private async Task IsRefusedAsync(string field, string text, string message)
    {
        using var browser = App.Open();
        var answer = await browser.PostFormAsync("/register", Fields((field, text)));
        Assert.Equal(422, answer.Status);
        Assert.Contains(message, answer.Error(field), StringComparison.Ordinal);
        Assert.Equal(text, answer.Value(field));
        Assert.False(await browser.IsSignedInAsync());
    }

    private static (string Field, string? Value)[] Fields(params (string Field, string? Value)[] others)
    {
        var name = Browser.NewName();
        return [("username", name), ("email", $"{name}@example.org"), ("password", Browser.Password), ("confirm", Browser.Password), .. others];
    }

    /// <summary>A form that is sent twice signs in the second time; that is no way around what guards signing in.</summary>
    [Fact]
    public async Task Registering_again_guesses_no_password_and_leaves_out_no_code()
    {
        using var owner = await App.OpenAsNewUserAsync();
        using var guesser = App.Open();
        var form = Browser.Fill(await guesser.GetAsync("/register"), ("username", owner.Username), ("email", owner.Email), ("password", "not the password"), ("confirm", "not the password"));
        var answers = new List<int>();
        for (var guess = 0; guess < 20; guess++) answers.Add((await guesser.PostAsync("/register", form)).Status);
        Assert.InRange(answers.Count(status => status == 422), 5, 8);
        Assert.Equal(429, answers[^1]);

        using var careful = await App.OpenAsNewUserAsync();
        await AuthenticatorApp.SetUpAsync(careful);
        using var thief = App.Open();
        form = Browser.Fill(
            await thief.GetAsync("/register"), ("username", careful.Username), ("email", careful.Email), ("password", Browser.Password), ("confirm", Browser.Password));
        Assert.Equal("/login/code", (await thief.PostAsync("/register", form)).MustBe(302).Location);
        Assert.False(await thief.IsSignedInAsync());
    }

    [Fact]
    public async Task Closed_it_lets_the_first_in_and_nobody_after()
    {
        await using var database = new ScratchDatabase();
        await using var app = await RunningApp.StartAsync(database.Settings with { RegistrationIsOpen = false });
        using var first = await app.OpenAsNewUserAsync();
        Assert.True(await first.IsSignedInAsync());
        using var second = app.Open();
        (await second.GetAsync("/register")).MustBe(403);
        var token = Browser.Fill(await second.GetAsync("/login"))["csrf_token"];
        var answer = await second.PostAsync("/register", new Dictionary<string, string>
        {
            ["csrf_token"] = token,
            ["username"] = "second",
            ["email"] = "second@example.org",
            ["password"] = Browser.Password,
            ["confirm"] = Browser.Password,
        });
        Assert.Equal(403, answer.Status);
        Assert.Equal("1", await database.ScalarAsync("select count(*) from users"));
        Assert.Null((await second.GetAsync("/login")).Page.QuerySelector("a[href='/register']"));
        Assert.Null((await second.GetAsync("/")).Page.QuerySelector("a[href='/register']"));
    }
}
