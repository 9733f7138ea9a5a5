using System.Diagnostics;
using ExpenseIQ.Mailing;
using ExpenseIQ.Tests.Running;
using Microsoft.Extensions.Time.Testing;

namespace ExpenseIQ.Tests.Features.Accounts;

public sealed class ForgottenPassword(MailingSite site) : IClassFixture<MailingSite>
{
    private const string Asked = "/forgot?asked=1";
    private const string NewPassword = "a password of its own";

    [Fact]
    public async Task A_mailed_link_chooses_a_new_password_once_and_ends_all_sessions()
    {
        using var owner = await site.App.OpenAsNewUserAsync();
        using var visitor = site.App.Open();
        Assert.Contains("/forgot", (await visitor.GetAsync("/login")).Page.QuerySelectorAll("main a").Select(link => link.GetAttribute("href")));
        Assert.Equal(Asked, (await visitor.PostFormAsync("/forgot", ("email", owner.Email.ToUpperInvariant()))).MustBe(302).Location);
        var link = MailingSite.LinkIn(Assert.Single(await site.Server.WaitForAsync(owner.Email)));

        var page = (await visitor.GetAsync(link)).MustBe(200);
        Assert.Equal("no-referrer", page.Headers["Referrer-Policy"]);
        Assert.Contains("no-store", page.Headers["Cache-Control"], StringComparison.Ordinal);
        var fields = Browser.Fill(page, ("password", NewPassword), ("confirm", NewPassword));
        var differing = await visitor.PostAsync("/reset", Browser.Fill(page, ("password", NewPassword), ("confirm", "another")));
        Assert.NotNull(differing.MustBe(422).Error("confirm"));
        Assert.Equal("no-referrer", differing.Headers["Referrer-Policy"]);
        Assert.Equal(fields["token"], differing.Value("token"));
        Assert.True(await owner.IsSignedInAsync());

        Assert.Equal("/login?done=password", (await visitor.PostAsync("/reset", fields)).MustBe(302).Location);
        Assert.Contains("is changed", (await visitor.GetAsync("/login?done=password")).Text, StringComparison.Ordinal);
        Assert.False(await visitor.IsSignedInAsync());
        Assert.False(await owner.IsSignedInAsync());
        (await visitor.PostAsync("/reset", fields)).MustBe(404);
        var used = (await visitor.GetAsync(link)).MustBe(404);
        Assert.Contains("no longer works", used.Text, StringComparison.Ordinal);
        Assert.Equal("no-referrer", used.Headers["Referrer-Policy"]);
        (await visitor.TrySignInAsync(owner.Username)).MustBe(422);
        (await visitor.TrySignInAsync(owner.Username, NewPassword)).MustBe(302);
        // The browser at which that happened is known: its sign-in is told no more.
        var mails = await site.Server.WaitForAsync(owner.Email, 2);
        Assert.Contains(mails, mail => mail.Subject == "ExpenseIQ: your password was changed");
    }

    [Fact]
    public async Task Of_those_who_send_the_form_at_once_one_succeeds()
    {
        using var owner = await site.App.OpenAsNewUserAsync();
        var link = await AskAsync(owner);
        var browsers = Enumerable.Range(0, 6).Select(_ => site.App.Open()).ToList();
        var forms = await Task.WhenAll(browsers.Select(async (browser, index) =>
            (browser, Fields: Browser.Fill((await browser.GetAsync(link)).MustBe(200), ("password", $"{NewPassword} {index}"), ("confirm", $"{NewPassword} {index}")))));
        var answers = await Task.WhenAll(forms.Select(form => form.browser.PostAsync("/reset", form.Fields)));
        Assert.Equal([302, 404, 404, 404, 404, 404], answers.Select(answer => answer.Status).Order());
        var winner = Array.FindIndex(answers, answer => answer.Status == 302);
        (await browsers[0].TrySignInAsync(owner.Username, $"{NewPassword} {winner}")).MustBe(302);
        foreach (var browser in browsers) browser.Dispose();
    }

    [Fact]
    public async Task A_new_password_ends_all_other_links()
    {
        using var owner = await site.App.OpenAsNewUserAsync();
        var first = await AskAsync(owner);
        var second = await AskAsync(owner, mails: 2);
        Assert.NotEqual(first, second);
        using var visitor = site.App.Open();
        (await visitor.PostAsync("/reset", Browser.Fill(await visitor.GetAsync(first), ("password", NewPassword), ("confirm", NewPassword)))).MustBe(302);
        (await visitor.GetAsync(second)).MustBe(404);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Passkeys_go_with_the_old_password_unless_whoever_has_the_link_keeps_them(bool keeps)
    {
        using var owner = await site.App.OpenAsNewUserAsync();
        var key = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32));
        await site.Database.ExecuteAsync(
            $"""
            insert into passkeys (user_id, credential_hash, credential_id, public_key, name, created_at, sign_count, transports, is_user_verified, is_backup_eligible, is_backed_up)
            select id, x'{key}', 'AAAA', 'AAAA', 'Somebody<b>s phone', '2024-11-05 12:00:00.000', 0, '', true, false, false from users where username = '{owner.Username}'
            """);
        var page = (await owner.GetAsync(await AskAsync(owner))).MustBe(200);
        Assert.Contains("Somebody<b>s phone", page.TextOf("label.check"), StringComparison.Ordinal);
        var fields = Browser.Fill(page, ("password", NewPassword), ("confirm", NewPassword));
        Assert.False(fields.ContainsKey("keep_passkeys"));
        if (keeps) fields["keep_passkeys"] = "true";
        (await owner.PostAsync("/reset", fields)).MustBe(302);
        Assert.Equal(keeps ? "1" : "0", await site.Database.ScalarAsync($"select count(*) from passkeys where credential_hash = x'{key}'"));
        var mails = await site.Server.WaitForAsync(owner.Email, keeps ? 2 : 3);
        Assert.Equal(keeps ? 0 : 1, mails.Count(mail => mail.Subject == "ExpenseIQ: a passkey was removed"));
    }

    [Fact]
    public async Task A_link_works_for_an_hour()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var app = await RunningApp.StartAsync(site.Settings, clock);
        using var owner = await app.OpenAsNewUserAsync();
        var link = await AskAsync(owner);
        clock.Advance(TimeSpan.FromMinutes(59));
        (await owner.GetAsync(link)).MustBe(200);
        clock.Advance(TimeSpan.FromMinutes(2));
        (await owner.GetAsync(link)).MustBe(404);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?token=")]
    [InlineData("?token=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("?token=%00%0d%0a<script>")]
    public async Task A_link_that_is_none_is_answered_kindly(string query)
    {
        using var visitor = site.App.Open();
        var page = (await visitor.GetAsync("/reset" + query)).MustBe(404);
        Assert.Contains("no longer works", page.Text, StringComparison.Ordinal);
        Assert.Null(page.Page.QuerySelector("form"));
    }

    [Fact]
    public async Task A_token_for_something_else_is_none()
    {
        using var owner = await site.App.OpenAsNewUserAsync();
        (await owner.GetAsync($"/reset?token={owner.CookieOf("expenseiq")!.Split('.')[1]}")).MustBe(404);
    }

    [Fact]
    public async Task Whether_there_is_such_an_account_shows_in_nothing()
    {
        using var owner = await site.App.OpenAsNewUserAsync();
        using var visitor = site.App.Open();
        await visitor.PostFormAsync("/forgot", ("email", "nobody_at_first"));
        var (known, knownRows, knownStatements) = await AskCountingAsync(visitor, owner.Email);
        var (unknown, unknownRows, unknownStatements) = await AskCountingAsync(visitor, "nobody@example.org");
        Assert.Equal((302, Asked), (known.Status, known.Location));
        Assert.Equal((302, Asked), (unknown.Status, unknown.Location));
        Assert.Equal(known.Headers.Keys.Order(), unknown.Headers.Keys.Order());
        Assert.Equal((1, 1), (knownRows, unknownRows));
        // SQLite's driver says nothing of its statements; the program's way is the same.
        if (!Engine.IsEmbedded) Assert.NotEmpty(knownStatements);
        Assert.Equal(knownStatements, unknownStatements);
        Assert.Single(await site.Server.WaitForAsync(owner.Email));
        Assert.Empty(site.Server.To("nobody@example.org"));
    }

    [Fact]
    public async Task An_account_gets_three_links_an_hour()
    {
        using var owner = await site.App.OpenAsNewUserAsync();
        using var visitor = site.App.Open();
        for (var time = 0; time < 6; time++) Assert.Equal(Asked, (await visitor.PostFormAsync("/forgot", ("email", owner.Username))).MustBe(302).Location);
        await site.Server.WaitForAsync(owner.Email, 3);
        for (var wait = 0; wait < 500 && await site.CountAsync(MailState.ToBeTold, owner.Username) > 0; wait++) await Task.Delay(20, TestContext.Current.CancellationToken);
        Assert.Equal(3, site.Server.To(owner.Email).Count);
        Assert.Equal(3, await site.CountAsync(MailState.Told, owner.Username));
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("money.example.com.evil.example")]
    [InlineData("evil.example:443")]
    public async Task A_forged_host_gets_no_link_and_is_in_none(string host)
    {
        using var owner = await site.App.OpenAsNewUserAsync();
        using var visitor = site.App.Open();
        var fields = Browser.Fill(await visitor.GetAsync("/forgot"), ("email", owner.Email));
        (await visitor.PostAsync("/forgot", fields, ("Host", host))).MustBe(400);
        (await visitor.PostAsync("/forgot", fields, ("Host", "localhost:1"), ("X-Forwarded-Host", host), ("Forwarded", $"host={host}"), ("X-Original-Host", host))).MustBe(302);
        var mail = Assert.Single(await site.Server.WaitForAsync(owner.Email));
        Assert.DoesNotContain("evil", mail.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("localhost", mail.TextBody, StringComparison.Ordinal);
        MailingSite.LinkIn(mail);
    }

    [Theory]
    [InlineData("owner@example.org\r\nBcc: other@example.org")]
    [InlineData("owner@example.org,other@example.org")]
    [InlineData("<owner@example.org>")]
    [InlineData("owner@example.org%0aBcc:other@example.org")]
    [InlineData("имя@пример.рф")]
    public async Task What_is_typed_as_an_address_is_never_one_to_send_to(string address)
    {
        using var visitor = site.App.Open();
        Assert.Equal(Asked, (await visitor.PostFormAsync("/forgot", ("email", address))).MustBe(302).Location);
        Assert.Empty(site.Server.To("other@example.org"));
        Assert.Equal("0", await site.Database.ScalarAsync("select count(*) from security_events where user_id is null and mail <> 0"));
    }

    [Fact]
    public async Task Something_must_be_typed()
    {
        using var visitor = site.App.Open();
        Assert.NotNull((await visitor.PostFormAsync("/forgot", ("email", "  "))).MustBe(422).Error("email"));
    }

    [Fact]
    public async Task An_account_that_is_shut_gets_no_link()
    {
        using var owner = await site.App.OpenAsNewUserAsync();
        await site.Database.ExecuteAsync($"update users set disabled_at = '2024-11-05 12:00:00.000' where username = '{owner.Username}'");
        using var visitor = site.App.Open();
        (await visitor.PostFormAsync("/forgot", ("email", owner.Email))).MustBe(302);
        for (var wait = 0; wait < 500 && await site.CountAsync(MailState.ToBeTold, owner.Username) > 0; wait++) await Task.Delay(20, TestContext.Current.CancellationToken);
        Assert.Empty(site.Server.To(owner.Email));
    }

    [Fact]
    public async Task Without_a_mail_server_one_is_told_whom_to_ask()
    {
        await using var app = await RunningApp.StartAsync(site.Database.Settings);
        using var visitor = app.Open();
        var page = (await visitor.GetAsync("/forgot")).MustBe(200);
        Assert.Contains("Ask whoever runs it", page.Text, StringComparison.Ordinal);
        Assert.Null(page.Page.QuerySelector("form"));
        var before = await site.Database.ScalarAsync("select count(*) from security_events");
        (await visitor.PostAsync("/forgot", Browser.FillFor("/login", await visitor.GetAsync("/login"), ("email", "somebody")))).MustBe(302);
        Assert.Equal(before, await site.Database.ScalarAsync("select count(*) from security_events"));
    }

    /// <summary>Asks for a link, and takes it from the mail.</summary>
    private async Task<string> AskAsync(Browser owner, int mails = 1)
    {
        (await owner.PostFormAsync("/forgot", ("email", owner.Email))).MustBe(302);
        return MailingSite.LinkIn((await site.Server.WaitForAsync(owner.Email, mails))[^1]);
    }

    /// <summary>Asks for a link, counting the rows that it makes and, where the driver says so, the statements that it takes.</summary>
    private async Task<(Answer Answer, int Rows, IReadOnlyList<string> Statements)> AskCountingAsync(Browser visitor, string name)
    {
        var fields = Browser.Fill(await visitor.GetAsync("/forgot"), ("email", name));
        var (trace, statements) = (ActivityTraceId.CreateRandom(), new System.Collections.Concurrent.ConcurrentQueue<string>());
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "MySqlConnector" or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (activity.TraceId == trace && activity.GetTagItem("db.statement") is string statement) statements.Enqueue(statement.Split("values")[0]);
            },
        };
        ActivitySource.AddActivityListener(listener);
        const string count = "select count(*) from security_events where kind = 11";
        var before = await site.Database.ScalarAsync(count);
        var answer = await visitor.PostAsync("/forgot", fields, ("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01"));
        var after = await site.Database.ScalarAsync(count);
        return (answer, int.Parse(after!, System.Globalization.CultureInfo.InvariantCulture) - int.Parse(before!, System.Globalization.CultureInfo.InvariantCulture), [.. statements]);
    }
}
