namespace ExpenseIQ.Features.OwnAccount;

/// <summary>A link that proves an e-mail address: whoever opens it reads what is sent there.</summary>
internal static class EmailLink
{
    /// <param name="site">Where people open the site: BASE_URL, and never what a request said.</param>
    public static string To(Uri site, string token) => $"{site.AbsoluteUri.TrimEnd('/')}/settings/account/email/confirm?token={token}";
}
