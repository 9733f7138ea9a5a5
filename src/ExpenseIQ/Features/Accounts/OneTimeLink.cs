namespace ExpenseIQ.Features.Accounts;

/// <summary>Links that a mail brings, or the command line: each works once, with a token.</summary>
internal static class OneTimeLink
{
    /// <summary>How long one works.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromHours(1);

    /// <summary>To a new password.</summary>
    /// <param name="site">Where people open the site: BASE_URL, and never what a request said.</param>
    public static string ToNewPassword(Uri site, string token) => $"{Root(site)}/reset?token={token}";

    /// <summary>To where an e-mail address is proven: whoever opens it reads what is sent there.</summary>
    public static string ToNewEmail(Uri site, string token) => $"{Root(site)}/settings/account/email/confirm?token={token}";

    /// <summary>What each address of the site begins with; no slash at its end.</summary>
    public static string Root(Uri site) => site.AbsoluteUri.TrimEnd('/');
}
