using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ExpenseIQ.Mailing;
using ExpenseIQ.Tests.Running;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace ExpenseIQ.Tests.Mailing;

public sealed class MailOutages
{
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2024, 11, 15, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Of_several_instances_one_sends_each_mail()
    {
        await using var database = new ScratchDatabase();
        await using var server = new SmtpServer();
        var settings = SettingsOf(database, server);
        await using var first = await RunningApp.StartAsync(settings);
        await using var second = await RunningApp.StartAsync(settings);
        await using var third = await RunningApp.StartAsync(settings);
        using var owner = await first.OpenAsNewUserAsync();
        for (var number = 0; number < 9; number++) await AddEventAsync(database, owner, 20 + number % 6, DateTime.UtcNow);
        await server.WaitForAsync(owner.Email, 9);
        await WaitUntilAsync(async () => await database.ScalarAsync("select count(*) from security_events where mail = 1") == "0");
        await Task.Delay(2500, TestContext.Current.CancellationToken);
        Assert.Equal(9, server.Taken.Count);
        Assert.Equal(9, server.Taken.Select(mail => mail.MessageId).Distinct().Count());
        Assert.Empty(first.Errors.Lines);
    }

    [Fact]
    public async Task Mails_wait_for_a_server_that_is_away_longer_each_time()
    {
        await using var database = new ScratchDatabase();
        await using var server = new SmtpServer { IsDown = true };
        await using var app = await RunningApp.StartAsync(SettingsOf(database, server), clock);
        using var owner = await app.OpenAsNewUserAsync();
        await AddEventAsync(database, owner, 24, clock.GetUtcNow().UtcDateTime);
        // As another instance that tries and fails, while this one's clock stands still.
        var elsewhere = new FakeTimeProvider(clock.GetUtcNow());
        var waits = await app.WithDatabaseAsync(async work =>
        {
            var outbox = new Outbox(work, elsewhere);
            var found = new List<double>();
            while (found.Count < 5)
            {
                var wait = (await outbox.PutOffAsync((await outbox.ClaimAsync(TestContext.Current.CancellationToken))!))!.Value;
                found.Add(wait.TotalSeconds);
                Assert.Null(await outbox.ClaimAsync(TestContext.Current.CancellationToken));
                elsewhere.Advance(wait);
            }
            return found;
        });
        Assert.Equal([30, 30, 60, 120, 240], waits);
        clock.Advance(TimeSpan.FromSeconds(waits.Sum()));
        server.IsDown = false;
        Assert.Single(await server.WaitForAsync(owner.Email, meanwhile: () => clock.Advance(TimeSpan.FromSeconds(3))));
    }

    [Fact]
    public async Task After_a_day_a_mail_is_given_up()
    {
        await using var database = new ScratchDatabase();
        await using var server = new SmtpServer { IsDown = true };
        await using var app = await RunningApp.StartAsync(SettingsOf(database, server), clock);
        using var owner = await app.OpenAsNewUserAsync();
        await AddEventAsync(database, owner, 24, clock.GetUtcNow().UtcDateTime.AddDays(-1));
        clock.Advance(TimeSpan.FromSeconds(3));
        await WaitUntilAsync(async () => await database.ScalarAsync("select max(mail) from security_events") == $"{(int)MailState.GivenUp}");
    }

    [Theory]
    [InlineData("550 no such mailbox", true)]
    [InlineData("451 come back later", false)]
    public async Task What_the_server_refuses_for_good_is_given_up_at_once(string answer, bool givenUp)
    {
        await using var database = new ScratchDatabase();
        await using var server = new SmtpServer { Refusal = answer };
        await using var app = await RunningApp.StartAsync(SettingsOf(database, server), clock);
        using var owner = await app.OpenAsNewUserAsync();
        await AddEventAsync(database, owner, 24, clock.GetUtcNow().UtcDateTime);
        clock.Advance(TimeSpan.FromSeconds(3));
        await WaitUntilAsync(async () => givenUp ? await database.ScalarAsync("select max(mail) from security_events") == "3" : await IsPutOffAsync(database));
        server.Refusal = null;
        if (!givenUp) Assert.Single(await server.WaitForAsync(owner.Email, meanwhile: () => clock.Advance(TimeSpan.FromSeconds(10))));
    }

    [Fact]
    public async Task What_an_instance_claimed_that_ended_is_sent_by_another()
    {
        await using var database = new ScratchDatabase();
        await using var server = new SmtpServer();
        await using var app = await RunningApp.StartAsync(SettingsOf(database, server), clock);
        using var owner = await app.OpenAsNewUserAsync();
        var now = clock.GetUtcNow().UtcDateTime;
        await AddEventAsync(database, owner, 24, now, mailAt: now.AddMinutes(2));
        clock.Advance(TimeSpan.FromSeconds(60));
        await Task.Delay(300, TestContext.Current.CancellationToken);
        Assert.Empty(server.Taken);
        Assert.Single(await server.WaitForAsync(owner.Email, meanwhile: () => clock.Advance(TimeSpan.FromSeconds(10))));
    }

    [Fact]
    public async Task A_server_that_offers_no_encryption_gets_nothing_unless_none_is_wanted()
    {
        await using var database = new ScratchDatabase();
        await using var server = new SmtpServer();
        var settings = SettingsOf(database, server);
        await using var app = await RunningApp.StartAsync(settings with { Mail = server.Settings with { Encryption = MailEncryption.StartTls, User = "u", Password = "secret" } }, clock);
        using var owner = await app.OpenAsNewUserAsync();
        await AddEventAsync(database, owner, 24, clock.GetUtcNow().UtcDateTime);
        clock.Advance(TimeSpan.FromSeconds(3));
        await WaitUntilAsync(() => IsPutOffAsync(database));
        Assert.Equal((0, null), (server.Taken.Count, server.Credentials));
    }

    [Fact]
    public async Task A_server_whose_certificate_nobody_vouches_for_gets_nothing()
    {
        using var key = RSA.Create(2048);
        using var made = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
        await using var database = new ScratchDatabase();
        await using var server = new SmtpServer(certificate);
        await using var app = await RunningApp.StartAsync(
            SettingsOf(database, server) with { Mail = server.Settings with { Encryption = MailEncryption.StartTls, User = "u", Password = "secret" } }, clock);
        using var owner = await app.OpenAsNewUserAsync();
        await AddEventAsync(database, owner, 24, clock.GetUtcNow().UtcDateTime);
        clock.Advance(TimeSpan.FromSeconds(3));
        await WaitUntilAsync(() => IsPutOffAsync(database));
        Assert.Equal((0, null), (server.Taken.Count, server.Credentials));
    }

    [Fact]
    public async Task Name_and_password_are_given_where_they_are_set()
    {
        await using var database = new ScratchDatabase();
        await using var server = new SmtpServer();
        await using var app = await RunningApp.StartAsync(SettingsOf(database, server) with { Mail = server.Settings with { User = "postman", Password = "of mails" } }, clock);
        using var owner = await app.OpenAsNewUserAsync();
        await AddEventAsync(database, owner, 24, clock.GetUtcNow().UtcDateTime);
        await server.WaitForAsync(owner.Email, meanwhile: () => clock.Advance(TimeSpan.FromSeconds(3)));
        Assert.Equal("\0postman\0of mails", server.Credentials);
    }

    private static Settings SettingsOf(ScratchDatabase database, SmtpServer server) =>
        database.Settings with { BaseUrl = new Uri(MailingSite.Address), Mail = server.Settings };

    private static async Task AddEventAsync(ScratchDatabase database, Browser owner, int kind, DateTime at, DateTime? mailAt = null) => await database.ExecuteAsync(
        $"""
        insert into security_events (user_id, at, kind, address, user_agent, detail, mail, mail_at)
        select id, '{at:yyyy-MM-dd HH:mm:ss.fff}', {kind}, '192.0.2.7', 'Firefox', '', 1, '{mailAt ?? at:yyyy-MM-dd HH:mm:ss.fff}' from users where username = '{owner.Username}'
        """);

    private static async Task<string> MailAtAsync(ScratchDatabase database) =>
        DateTime.Parse((await database.ScalarAsync("select mail_at from security_events where mail = 1"))!, System.Globalization.CultureInfo.InvariantCulture)
            .ToString("yyyy-MM-dd HH:mm:ss.fff", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Whether the mail waits for its next try, and is not being sent: that lasts two minutes at most.</summary>
    private async Task<bool> IsPutOffAsync(ScratchDatabase database)
    {
        var wait = DateTime.Parse(await MailAtAsync(database), System.Globalization.CultureInfo.InvariantCulture) - clock.GetUtcNow().UtcDateTime;
        return wait > TimeSpan.FromSeconds(10) && wait != TimeSpan.FromMinutes(2);
    }

    private static async Task WaitUntilAsync(Func<Task<bool>> isSo)
    {
        for (var wait = 0; wait < 1500; wait++)
        {
            if (await isSo()) return;
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
        Assert.Fail("It did not come to be within half a minute.");
    }
}
