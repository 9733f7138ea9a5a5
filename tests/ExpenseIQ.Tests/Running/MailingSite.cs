using System.Text.RegularExpressions;
using ExpenseIQ.Mailing;
using MimeKit;

namespace ExpenseIQ.Tests.Running;

/// <summary>A site that sends mail, on a database of its own: another instance would send what this one has to.</summary>
public sealed partial class MailingSite : IAsyncLifetime
{
    public const string Address = "https://money.example.com";
    private RunningApp? app;

    internal RunningApp App => app ?? throw new InvalidOperationException("The app has not started.");

    internal ScratchDatabase Database { get; } = new();

    internal SmtpServer Server { get; } = new();

    internal Settings Settings => Database.Settings with { BaseUrl = new Uri(Address), Mail = Server.Settings };

    public async ValueTask InitializeAsync() => app = await RunningApp.StartAsync(Settings);

    public async ValueTask DisposeAsync()
    {
        if (app is not null) await app.DisposeAsync();
        await Server.DisposeAsync();
        await Database.DisposeAsync();
    }

    /// <summary>The path of the link that a mail brings.</summary>
    internal static string LinkIn(MimeMessage mail)
    {
        var link = Link().Match(mail.TextBody ?? "");
        Assert.True(link.Success, mail.TextBody);
        return link.Groups[1].Value;
    }

    /// <summary>How many of an account's events are in that state.</summary>
    internal async Task<int> CountAsync(MailState state, string username) => int.Parse(
        (await Database.ScalarAsync($"select count(*) from security_events e join users u on u.id = e.user_id where u.username = '{username}' and e.mail = {(int)state}"))!,
        System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^https://money\.example\.com(/[a-z/]+\?token=[A-Za-z0-9_-]{43})\r?$", RegexOptions.Multiline)]
    private static partial Regex Link();
}
