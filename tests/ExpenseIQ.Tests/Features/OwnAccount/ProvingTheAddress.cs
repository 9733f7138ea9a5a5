using ExpenseIQ.Database;
using ExpenseIQ.Features.Accounts;
using ExpenseIQ.Mailing;
using ExpenseIQ.Tests.Running;
using Microsoft.Extensions.Time.Testing;

namespace ExpenseIQ.Tests.Features.OwnAccount;

/// <summary>Where mails are sent, a new address counts once a link that was sent there was opened.</summary>
public sealed class ProvingTheAddress(MailingSite site) : IClassFixture<MailingSite>
{
    private const string Path = "/settings/account/email";

    [Fact]
    public async Task It_counts_once_its_link_is_confirmed_and_the_one_before_is_told()
    {
        using var owner = await site.App.OpenAsNewUserAsync();
        var (before, after) = (owner.Email, $"new-{owner.Email}");
        Assert.Contains("We send a link there", (await owner.GetAsync(Path)).Text, StringComparison.Ordinal);
        Assert.Equal("/settings/account?done=email-asked", (await owner.PostFormAsync(Path, ("email", after))).MustBe(302).Location);
        Assert.Contains($"It becomes {after} once", (await owner.GetAsync("/settings/account?done=email-asked")).TextOf("main"), StringComparison.Ordinal);
        var mail = Assert.Single(await site.Server.WaitForAsync(after));
        Assert.Equal("ExpenseIQ: is this your e-mail address?", mail.Subject);
        // Whoever it was mistyped for is told nothing of where its owner is.
        Assert.DoesNotContain("127.0.0.1", mail.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("Device", mail.TextBody, StringComparison.Ordinal);
        Assert.Equal(before, (await site.App.UserOfAsync(owner)).Email);

        var page = (await owner.GetAsync(MailingSite.LinkIn(mail))).MustBe(200);
        Assert.Equal("no-referrer", page.Headers["Referrer-Policy"]);
        Assert.Contains("no-store", page.Headers["Cache-Control"], StringComparison.Ordinal);
        Assert.Contains(after, page.TextOf("main"), StringComparison.Ordinal);
        Assert.Equal(before, (await site.App.UserOfAsync(owner)).Email);
        var fields = Browser.FillFor($"{Path}/confirm", page);
        Assert.Equal("/settings/account?done=email", (await owner.PostAsync($"{Path}/confirm", fields)).MustBe(302).Location);
        Assert.Equal(after, (await site.App.UserOfAsync(owner)).Email);
        Assert.DoesNotContain("It becomes", (await owner.GetAsync("/settings/account")).Text, StringComparison.Ordinal);
        (await owner.PostAsync($"{Path}/confirm", fields)).MustBe(404);
        Assert.Contains("does not work", (await owner.GetAsync(MailingSite.LinkIn(mail))).MustBe(404).Text, StringComparison.Ordinal);
        Assert.Equal("ExpenseIQ: your e-mail address was changed", Assert.Single(await site.Server.WaitForAsync(before)).Subject);
        // What is recorded holds no address.
        for (var wait = 0; wait < 500 && await site.CountAsync(MailState.ToBeTold, owner.Username) > 0; wait++) await Task.Delay(20, TestContext.Current.CancellationToken);
        Assert.Equal("0", await site.Database.ScalarAsync($"select count(*) from security_events where detail like '%{owner.Username}@%'"));
    }

    [Fact]
    public async Task Its_link_is_worth_nothing_to_anybody_else()
    {
        using var owner = await site.App.OpenAsNewUserAsync();
        using var stranger = await site.App.OpenAsNewUserAsync();
        var link = await AskAsync(owner, $"typo-{owner.Email}");
        Assert.DoesNotContain(owner.Username, (await stranger.GetAsync(link)).MustBe(404).TextOf("main"), StringComparison.Ordinal);
        var form = Browser.FillFor($"{Path}/confirm", await owner.GetAsync(link));
        form["csrf_token"] = (await stranger.GetAsync("/expenses/add")).Value("csrf_token")!;
        (await stranger.PostAsync($"{Path}/confirm", form)).MustBe(404);
        using var visitor = site.App.Open();
        Assert.StartsWith("/login?next=", (await visitor.GetAsync(link)).MustBe(302).Location, StringComparison.Ordinal);
        Assert.Equal(owner.Email, (await site.App.UserOfAsync(owner)).Email);
    }

    [Fact]
    public async Task A_later_wish_ends_the_one_before()
    {
        using var owner = await site.App.OpenAsNewUserAsync();
        var first = await AskAsync(owner, $"first-{owner.Email}");
        var second = await AskAsync(owner, $"second-{owner.Email}");
        (await owner.GetAsync(first)).MustBe(404);
        (await owner.PostAsync($"{Path}/confirm", Browser.FillFor($"{Path}/confirm", await owner.GetAsync(second)))).MustBe(302);
        Assert.Equal($"second-{owner.Email}", (await site.App.UserOfAsync(owner)).Email);
    }

    [Fact]
    public async Task Whoever_asks_for_the_present_one_stays_with_it()
    {
        using var owner = await site.App.OpenAsNewUserAsync();
        var link = await AskAsync(owner, $"new-{owner.Email}");
        (await owner.PostFormAsync(Path, ("email", owner.Email))).MustBe(302);
        (await owner.GetAsync(link)).MustBe(404);
        Assert.DoesNotContain("It becomes", (await owner.GetAsync("/settings/account")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_password_ends_it()
    {
        using var owner = await site.App.OpenAsNewUserAsync();
        var link = await AskAsync(owner, $"new-{owner.Email}");
        (await owner.PostFormAsync("/settings/security/password", ("password", "quite another one"), ("confirm", "quite another one"))).MustBe(302);
        (await owner.GetAsync(link)).MustBe(404);
    }

    [Fact]
    public async Task An_address_that_another_account_took_meanwhile_is_said_to_be_taken()
    {
        using var owner = await site.App.OpenAsNewUserAsync();
        var wanted = $"new-{owner.Email}";
        var page = await owner.GetAsync(await AskAsync(owner, wanted));
        using var another = await site.App.OpenAsNewUserAsync();
        await site.Database.ExecuteAsync($"update users set email = '{wanted}' where username = '{another.Username}'");
        Assert.Contains("There is an account", (await owner.PostAsync($"{Path}/confirm", Browser.FillFor($"{Path}/confirm", page))).MustBe(422).Text, StringComparison.Ordinal);
        Assert.NotNull((await owner.PostFormAsync(Path, ("email", wanted))).MustBe(422).Error("email"));
    }

    [Fact]
    public async Task A_link_works_for_an_hour()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var app = await RunningApp.StartAsync(site.Settings, clock);
        using var owner = await app.OpenAsNewUserAsync();
        var link = await AskAsync(owner, $"new-{owner.Email}");
        clock.Advance(TimeSpan.FromMinutes(29));
        (await owner.GetAsync("/dashboard")).MustBe(200); // or the session would end
        clock.Advance(TimeSpan.FromMinutes(29));
        (await owner.GetAsync(link)).MustBe(200);
        clock.Advance(TimeSpan.FromMinutes(3));
        (await owner.GetAsync(link)).MustBe(404);
    }

    [Fact]
    public async Task Nobody_s_mailbox_is_filled_by_it()
    {
        using var owner = await site.App.OpenAsNewUserAsync();
        for (var time = 0; time < 5; time++)
        {
            (await owner.PostFormAsync(Path, ("email", $"full-{owner.Email}"))).MustBe(302);
            for (var wait = 0; wait < 500 && await site.CountAsync(MailState.ToBeTold, owner.Username) > 0; wait++) await Task.Delay(20, TestContext.Current.CancellationToken);
        }
        Assert.Equal(3, site.Server.To($"full-{owner.Email}").Count);
    }

    [Theory]
    [InlineData((int)SecurityEvent.PasswordLinkSent)]
    [InlineData((int)SecurityEvent.EmailAskedFor)]
    public async Task A_mail_that_was_claimed_brings_no_link_where_the_address_changed_meanwhile(int kind)
    {
        await using var database = new ScratchDatabase();
        await using var app = await RunningApp.StartAsync(database.Settings);
        using var owner = await app.OpenAsNewUserAsync();
        var now = DateTime.UtcNow;
        await database.ExecuteAsync(
            $"""
            insert into security_events (user_id, at, kind, address, user_agent, detail, mail, mail_at)
            select id, '{now:yyyy-MM-dd HH:mm:ss.fff}', {kind}, '192.0.2.7', '', 'wanted@example.org', 1, '{now:yyyy-MM-dd HH:mm:ss.fff}' from users where username = '{owner.Username}'
            """);
        var isStillDue = await app.WithDatabaseAsync(async work =>
        {
            var outbox = new Outbox(work, TimeProvider.System);
            var mail = (await outbox.ClaimAsync(TestContext.Current.CancellationToken))!;
            Assert.True(await work.WriteAsync(_ => outbox.IsStillDueAsync(mail), CancellationToken.None));
            await database.ExecuteAsync($"update users set email = 'elsewhere@example.org' where username = '{owner.Username}'");
            return await work.WriteAsync(_ => outbox.IsStillDueAsync(mail), CancellationToken.None);
        });
        Assert.False(isStillDue);
    }

    /// <summary>Asks for another address, and takes the link from the mail that goes there.</summary>
    private async Task<string> AskAsync(Browser owner, string email)
    {
        (await owner.PostFormAsync(Path, ("email", email))).MustBe(302);
        return MailingSite.LinkIn((await site.Server.WaitForAsync(email))[^1]);
    }
}
