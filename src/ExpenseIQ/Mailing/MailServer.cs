using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace ExpenseIQ.Mailing;

/// <summary>Hands a mail to the server of the settings.</summary>
internal sealed class MailServer(Settings settings)
{
    /// <summary>How long all of it may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <exception cref="Exception">The server can't be reached, is not who it should be, or refuses; see <see cref="IsRefusal"/>.</exception>
    public async Task SendAsync(MimeMessage message)
    {
        var mail = settings.Mail ?? throw new InvalidOperationException("No mail server is set.");
        using var patience = new CancellationTokenSource(Patience);
        using var client = new SmtpClient { LocalDomain = settings.BaseUrl!.IdnHost, CheckCertificateRevocation = false }; // as the framework's own clients
        await client.ConnectAsync(mail.Host, mail.Port, OptionsOf(mail.Encryption), patience.Token);
        if (mail is { User: { } user, Password: { } password }) await client.AuthenticateAsync(user, password, patience.Token);
        await client.SendAsync(message, patience.Token);
        try
        {
            await client.DisconnectAsync(quit: true, patience.Token);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or MailKit.ProtocolException)
        {
            // The mail was taken; how the server says goodbye does not matter.
        }
    }

    /// <summary>Whether the server answered that it will not take this mail, now or later.</summary>
    public static bool IsRefusal(Exception exception) => IsAboutMail(exception) && exception is SmtpCommandException { StatusCode: >= SmtpStatusCode.SyntaxError };

    /// <summary>Whether a failure is about this mail alone, so that others can be tried meanwhile.</summary>
    public static bool IsAboutMail(Exception exception) =>
        exception is SmtpCommandException { ErrorCode: SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted };

    private static SecureSocketOptions OptionsOf(MailEncryption encryption) => encryption switch
    {
        MailEncryption.StartTls => SecureSocketOptions.StartTls,
        MailEncryption.Tls => SecureSocketOptions.SslOnConnect,
        _ => SecureSocketOptions.None,
    };
}
