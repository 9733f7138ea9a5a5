using System.Collections.Frozen;
using System.Globalization;
using ExpenseIQ.Features.Accounts;
using ExpenseIQ.Features.Security;
using ExpenseIQ.Web;
using MimeKit;
using MimeKit.Text;

namespace ExpenseIQ.Mailing;

/// <summary>
/// What the mails say. Of what people or browsers choose freely nothing is repeated but the user name, which is letters, digits and
/// underscores: nobody can have this site send words of theirs. Addresses of pages come from BASE_URL alone.
/// </summary>
internal sealed class Letters(OneTimeTokens tokens, Outbox outbox, Settings settings)
{
    private const int UsuallyMostAnHour = 10;

    private const string SecureIt = "choose a new password at once ({0}/forgot), and look at what is signed in: {0}/settings/security";
    private const string AskAdministrator = "ask whoever runs this site";

    /// <summary>What is told. What its owner sees on the site alone: each other sign-in, signing out, wrong passwords, exports of expenses.</summary>
    private static readonly FrozenDictionary<SecurityEvent, Words> Told = new Dictionary<SecurityEvent, Words>
    {
        [SecurityEvent.SignedIn] = new("a sign-in from a new browser", "Somebody signed in to your account from a browser that it had not been signed in from.", SecureIt),
        [SecurityEvent.CodeFailed] = new(
            "a wrong code after the right password", "Somebody knew the password of your account and entered a wrong code.", "that person knows your password: " + SecureIt),
        [SecurityEvent.PasswordChanged] = new("your password was changed", "The password of your account was changed; whoever else was signed in to it no longer is.", SecureIt),
        [SecurityEvent.PasswordLinkSent] = new("a link to a new password", "Somebody asked for a link to choose a new password for your account.", ""),
        [SecurityEvent.PasswordReset] = new("your password was changed", "A new password was chosen for your account with a link; whoever was signed in to it no longer is.", SecureIt),
        [SecurityEvent.EmailChanged] = new("your e-mail address was changed", "Your account has another e-mail address now; what there is to tell goes there from now on.", AskAdministrator),
        [SecurityEvent.EmailAskedFor] = new("is this your e-mail address?", "Somebody asked to give an account this e-mail address.", ""),
        [SecurityEvent.CodesTurnedOn] = new("codes were turned on", "Signing in to your account with the password asks for a code of an authenticator app now.", SecureIt),
        [SecurityEvent.CodesTurnedOff] = new("codes were turned off", "Signing in to your account with the password asks for no code any more.", SecureIt),
        [SecurityEvent.RecoveryCodesMade] = new("new recovery codes", "New recovery codes were made for your account; earlier ones no longer count.", SecureIt),
        [SecurityEvent.RecoveryCodeUsed] = new("a recovery code was used", "A recovery code of your account was used in place of a code of the authenticator app.", SecureIt),
        [SecurityEvent.PasskeyAdded] = new("a passkey was added", "A passkey was added to your account; it signs in without the password.", SecureIt),
        [SecurityEvent.PasskeyRemoved] = new("a passkey was removed", "A passkey was removed from your account; it signs in no more.", SecureIt),
        [SecurityEvent.AccountDownloaded] = new("your data was downloaded", "Everything that this site has about you was downloaded.", SecureIt),
        [SecurityEvent.MadeAdministrator] = new("you are an administrator now", "Your account can administer this site now.", AskAdministrator),
        [SecurityEvent.MadeUser] = new("you are no administrator any more", "Your account can't administer this site any more.", AskAdministrator),
        [SecurityEvent.Disabled] = new("your account was shut", "Your account was shut: nobody can sign in to it.", AskAdministrator),
        [SecurityEvent.Enabled] = new("your account is open again", "Your account was opened again: you can sign in to it.", AskAdministrator),
    }.ToFrozenDictionary();

    /// <summary>Whether such events are told by mail.</summary>
    public static bool IsTold(SecurityEvent kind) => Told.ContainsKey(kind);

    /// <summary>How many of them an account is told of within an hour: whoever tries codes, or asks for links, fills nobody's mailbox.</summary>
    public static int MostAnHour(SecurityEvent kind) => kind switch
    {
        SecurityEvent.CodeFailed => 1,
        SecurityEvent.PasswordLinkSent or SecurityEvent.EmailAskedFor => 3,
        _ => UsuallyMostAnHour,
    };

    /// <summary>Whether there is something to tell: of an account that is shut, only that.</summary>
    public static bool IsWanted(PendingMail mail) => IsTold(mail.Kind) && (!mail.IsShut || mail.Kind == SecurityEvent.Disabled);

    /// <summary>Writes the mail, and makes the link that it brings.</summary>
    /// <returns>Null: the link is not to be sent any more.</returns>
    public async Task<MimeMessage?> WriteAsync(PendingMail mail)
    {
        var words = Told[mail.Kind];
        var site = OneTimeLink.Root(settings.BaseUrl!);
        string[] happened = [$"Hello {mail.Username},", words.What, Circumstances(mail)];
        string[] rest;
        switch (mail.Kind)
        {
            case SecurityEvent.PasswordLinkSent:
                if (await LinkAsync(mail, OneTimePurpose.NewPassword, "", OneTimeLink.ToNewPassword) is not { } choose) return null;
                rest =
                [
                    "If it was you, choose one here within an hour. The link works once:",
                    choose,
                    "If it was not you, there is nothing to do: nobody can choose a password without this mail.",
                ];
                break;
            case SecurityEvent.EmailAskedFor:
                if (await LinkAsync(mail, OneTimePurpose.NewEmail, mail.Detail, OneTimeLink.ToNewEmail) is not { } prove) return null;
                rest =
                [
                    "If it was you, open this link within an hour, signed in to the account. It works once:",
                    prove,
                    "If it was not you, there is nothing to do: somebody mistyped an address, and it is not taken without this mail.",
                ];
                break;
            default:
                rest = ["If it was you, there is nothing to do. If it was not, " + string.Format(CultureInfo.InvariantCulture, words.Otherwise, site)];
                break;
        }
        string[] end = [$"This is sent by {site}, for the safety of your account."];
        var message = new MimeMessage
        {
            Subject = "ExpenseIQ: " + words.Subject,
            Date = new DateTimeOffset(mail.At, TimeSpan.Zero),
            // The same each time: a mail that a server took without being able to say so is known again.
            MessageId = string.Create(CultureInfo.InvariantCulture, $"{mail.Id}.{mail.At.Ticks}@{settings.BaseUrl!.IdnHost}"),
            Body = new TextPart(TextFormat.Plain) { Text = string.Join("\n\n", [.. happened, .. rest, .. end]) + "\n" },
        };
        message.From.Add(MailboxAddress.Parse(settings.Mail!.From));
        message.To.Add(new MailboxAddress(mail.Username, ReceiverOf(mail)));
        message.Headers.Add("Auto-Submitted", "auto-generated"); // RFC 3834: no answer from a machine
        return message;
    }

    private async Task<string?> LinkAsync(PendingMail mail, OneTimePurpose purpose, string data, Func<Uri, string, string> to)
    {
        var token = await tokens.CreateAsync(mail.UserId, purpose, data, OneTimeLink.Lasts, replaces: false, () => outbox.IsStillDueAsync(mail));
        return token is null ? null : to(settings.BaseUrl!, token);
    }

    /// <summary>Of another address the owner of the one before is told, and the one to come is asked; the event's detail is that.</summary>
    private static string ReceiverOf(PendingMail mail) =>
        mail.Kind is SecurityEvent.EmailChanged or SecurityEvent.EmailAskedFor && MailboxAddress.TryParse(mail.Detail, out var other) && other.Address == mail.Detail
            ? other.Address
            : mail.Email;

    /// <summary>Where somebody was who may have mistyped an address is not told there.</summary>
    private static string Circumstances(PendingMail mail)
    {
        var zone = Locales.TimeZone(mail.TimeZone);
        var there = TimeZoneInfo.ConvertTimeFromUtc(mail.At, zone);
        var when = string.Create(CultureInfo.InvariantCulture, $"  When:     {mail.At:yyyy-MM-dd HH:mm} UTC, which is {there:yyyy-MM-dd HH:mm} in {zone.Id}");
        if (mail.Kind == SecurityEvent.EmailAskedFor) return when;
        if (mail.ByAdministrator) return $"{when}\n  By:       an administrator of this site";
        if (mail.Visitor == Visitor.CommandLine) return $"{when}\n  By:       whoever runs this site, on its server";
        return $"{when}\n  Device:   {DeviceName.Of(mail.Visitor.UserAgent)}\n  Address:  {mail.Visitor.Address}";
    }

    /// <param name="Otherwise">What to do if it was not its owner; {0} is the site's address.</param>
    private sealed record Words(string Subject, string What, string Otherwise);
}
