using MimeKit;

namespace ExpenseIQ.Mailing;

/// <summary>How the connection to the mail server is encrypted.</summary>
public enum MailEncryption
{
    /// <summary>From the server's greeting on; a server that can't gets no mail.</summary>
    StartTls,

    /// <summary>From the first byte.</summary>
    Tls,

    /// <summary>Not at all: for a server on this machine.</summary>
    None,
}

/// <summary>The server that takes the mails, and whom they are from.</summary>
/// <param name="User">Null: the server asks for no password.</param>
/// <param name="From">An address, with a name before it or without.</param>
public sealed record MailSettings(string Host, int Port, string? User, string? Password, string From, MailEncryption Encryption)
{
    /// <summary>Null: no mail is sent.</summary>
    /// <exception cref="SettingsException">A setting is wrong.</exception>
    internal static MailSettings? Read(Func<string, string?> text) => text("SMTP_HOST") is { } host ? Read(ReadHost(host), text) : null;

    private static MailSettings Read(string host, Func<string, string?> text)
    {
        var (user, password) = (text("SMTP_USER"), text("SMTP_PASSWORD"));
        if (user is null != password is null)
        {
            var missing = user is null ? "SMTP_USER" : "SMTP_PASSWORD";
            throw new SettingsException(missing, "nothing", "both SMTP_USER and SMTP_PASSWORD, or neither of them");
        }
        return new MailSettings(host, Settings.ReadNumber("SMTP_PORT", text("SMTP_PORT"), 587, 1, 65535), user, password, ReadFrom(text("SMTP_FROM")), ReadEncryption(text("SMTP_TLS")));
    }

    private static string ReadHost(string host) => Uri.CheckHostName(host) == UriHostNameType.Unknown
        ? throw new SettingsException("SMTP_HOST", host, "the name or the address of a mail server, without a port")
        : host;

    private static string ReadFrom(string? text) => text is not null && MailboxAddress.TryParse(text, out var from) && from.Address.Contains('@', StringComparison.Ordinal)
        ? text
        : throw new SettingsException("SMTP_FROM", text ?? "nothing", "the address that mails are from, such as ExpenseIQ <money@example.com>");

    private static MailEncryption ReadEncryption(string? text) => text switch
    {
        null or "starttls" => MailEncryption.StartTls,
        "tls" => MailEncryption.Tls,
        "none" => MailEncryption.None,
        _ => throw new SettingsException("SMTP_TLS", text, "starttls, tls or none"),
    };
}
