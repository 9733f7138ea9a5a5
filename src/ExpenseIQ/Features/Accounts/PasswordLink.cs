namespace ExpenseIQ.Features.Accounts;

/// <summary>A link to a new password.</summary>
internal static class PasswordLink
{
    /// <summary>How long it works.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromHours(1);

    /// <param name="site">Where people open the site: BASE_URL, and never what a request said.</param>
    public static string To(Uri site, string token) => $"{site.AbsoluteUri.TrimEnd('/')}/reset?token={token}";
}
