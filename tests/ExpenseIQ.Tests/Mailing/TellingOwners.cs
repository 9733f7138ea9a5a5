using ExpenseIQ.Tests.Running;
using MimeKit;
using OtpNet;

namespace ExpenseIQ.Tests.Mailing;

/// <summary>What the owner of an account is told by mail, and what not.</summary>
public sealed class TellingOwners(MailingSite site) : IClassFixture<MailingSite>
{
    [Fact]
    public async Task A_sign_in_from_a_browser_that_is_new_and_no_other()
    {
        using var owner = site.App.Open();
        await owner.RegisterAsync(timeZone: "Asia/Kolkata");
        (await owner.PostAsync("/logout", Browser.FillFor("/logout", await owner.GetAsync("/dashboard")))).MustBe(302);
        await owner.SignInAsync(owner.Username);
        using var stranger = site.App.Open();
        var page = await stranger.GetAsync("/login");
        (await stranger.PostAsync(
            "/login", Browser.Fill(page, ("email", owner.Username), ("password", Browser.Password)), ("User-Agent", "Mozilla/5.0 (X11; Linux) Firefox/140.0"))).MustBe(302);

        var mail = Assert.Single(await site.Server.WaitForAsync(owner.Email));
        Assert.Equal("ExpenseIQ: a sign-in from a new browser", mail.Subject);
        Assert.Equal("\"ExpenseIQ\" <money@site.example>", mail.From.ToString());
        Assert.Equal("auto-generated", mail.Headers["Auto-Submitted"]);
        Assert.EndsWith("@money.example.com", mail.MessageId, StringComparison.Ordinal);
        Assert.Matches(@"When:     \d{4}-\d\d-\d\d \d\d:\d\d UTC, which is \d{4}-\d\d-\d\d \d\d:\d\d in Asia/Kolkata\r?\n", mail.TextBody);
        Assert.Contains("Device:   Firefox on Linux", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("Address:  127.0.0.1", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("https://money.example.com/forgot", mail.TextBody, StringComparison.Ordinal);
        Assert.IsType<TextPart>(mail.Body);
        Assert.All(mail.TextBody!, letter => Assert.True(letter is '\r' or '\n' or (>= ' ' and <= '~')));
        await Task.Delay(2500, TestContext.Current.CancellationToken);
        Assert.Single(site.Server.To(owner.Email));
    }

    [Fact]
    public async Task A_changed_password_and_codes_turned_on_and_off()
    {
        using var owner = await site.App.OpenAsNewUserAsync();
        (await owner.PostFormAsync("/settings/security/password", ("password", "quite another one"), ("confirm", "quite another one"))).MustBe(302);
        await TurnCodesOnAsync(owner);
        (await owner.PostAsync("/settings/security/codes", Browser.FillFor("/settings/security/codes", await owner.GetAsync("/settings/security/codes"), ("act", "recovery")))).MustBe(200);
        (await owner.PostAsync("/settings/security/codes", Browser.FillFor("/settings/security/codes", await owner.GetAsync("/settings/security/codes"), ("act", "off")))).MustBe(302);
        var mails = await site.Server.WaitForAsync(owner.Email, 4);
        Assert.Equal(
            ["ExpenseIQ: your password was changed", "ExpenseIQ: codes were turned on", "ExpenseIQ: new recovery codes", "ExpenseIQ: codes were turned off"],
            mails.Select(mail => mail.Subject));
    }

    [Fact]
    public async Task Wrong_codes_after_the_right_password_once_an_hour()
    {
        using var owner = await site.App.OpenAsNewUserAsync();
        await TurnCodesOnAsync(owner);
        using var stranger = site.App.Open();
        (await stranger.TrySignInAsync(owner.Username)).MustBe(302);
        for (var time = 0; time < 3; time++) (await stranger.PostFormAsync("/login/code", ("code", "000000"))).MustBe(422);
        var mails = await site.Server.WaitForAsync(owner.Email, 2);
        await Task.Delay(2500, TestContext.Current.CancellationToken);
        Assert.Equal(2, site.Server.To(owner.Email).Count);
        Assert.Equal("ExpenseIQ: a wrong code after the right password", mails[1].Subject);
    }

    [Theory]
    [InlineData("Firefox\r\nBcc: evil@example.org")]
    [InlineData("Firefox https://evil.example/ Your account is lost, open evil.example")]
    [InlineData("=?utf-8?B?ZXZpbA==?= evil Firefox")]
    public async Task In_no_words_of_somebody_elses(string agent)
    {
        using var owner = await site.App.OpenAsNewUserAsync();
        await site.Database.ExecuteAsync(
            $"""
            insert into security_events (user_id, at, kind, address, user_agent, detail, mail, mail_at)
            select id, '2024-11-05 12:00:00.000', 24, '192.0.2.7', '{agent}', 'evil name', 1, '2024-11-05 12:00:00.000' from users where username = '{owner.Username}'
            """);
        var mail = Assert.Single(await site.Server.WaitForAsync(owner.Email));
        Assert.DoesNotContain("evil", mail.ToString(), StringComparison.Ordinal);
        Assert.Contains("Device:   Firefox", mail.TextBody, StringComparison.Ordinal);
        Assert.Empty(mail.Bcc);
    }

    [Fact]
    public async Task Of_another_address_at_the_one_before()
    {
        using var owner = await site.App.OpenAsNewUserAsync();
        var before = $"{owner.Username}@before.example";
        await site.Database.ExecuteAsync(
            $"""
            insert into security_events (user_id, at, kind, address, user_agent, detail, mail, mail_at)
            select id, '2024-11-05 12:00:00.000', 13, '192.0.2.7', '', '{before}', 1, '2024-11-05 12:00:00.000' from users where username = '{owner.Username}'
            """);
        Assert.Equal("ExpenseIQ: your e-mail address was changed", Assert.Single(await site.Server.WaitForAsync(before)).Subject);
        Assert.Empty(site.Server.To(owner.Email));
    }

    [Fact]
    public async Task Of_what_an_administrator_did_without_the_administrators_address()
    {
        using var owner = await site.App.OpenAsNewUserAsync();
        await site.Database.ExecuteAsync(
            $"""
            insert into security_events (user_id, at, kind, address, user_agent, detail, actor_id, mail, mail_at)
            select id, '2024-11-05 12:00:00.000', 42, '192.0.2.7', 'Firefox', '', id, 1, '2024-11-05 12:00:00.000' from users where username = '{owner.Username}'
            """);
        var mail = Assert.Single(await site.Server.WaitForAsync(owner.Email));
        Assert.Contains("an administrator of this site", mail.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("192.0.2.7", mail.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_where_no_mail_server_is_set()
    {
        await using var app = await RunningApp.StartAsync(site.Database.Settings);
        using var owner = await app.OpenAsNewUserAsync();
        using var stranger = app.Open();
        await stranger.SignInAsync(owner.Username);
        Assert.Equal("0", await site.Database.ScalarAsync(
            $"select count(*) from security_events e join users u on u.id = e.user_id where u.username = '{owner.Username}' and (e.mail <> 0 or e.mail_at is not null)"));
    }

    private static async Task TurnCodesOnAsync(Browser owner)
    {
        var page = (await owner.GetAsync("/settings/security/codes")).MustBe(200);
        var key = page.TextOf("code.key").Replace(" ", "", StringComparison.Ordinal);
        var code = new Totp(Base32Encoding.ToBytes(key)).ComputeTotp();
        (await owner.PostAsync("/settings/security/codes", Browser.FillFor("/settings/security/codes", page, ("code", code)))).MustBe(200);
    }
}
