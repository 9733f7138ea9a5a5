using ExpenseIQ.Features.Shared;

namespace ExpenseIQ.Features.Accounts;

/// <summary>
/// What a new password must be: long enough, none of the most used ones, more than its owner's name, and typed the same way twice. There are
/// no rules about kinds of characters.
/// </summary>
internal static class NewPassword
{
    public const int Shortest = 8;
    private const int Longest = 1000;

    /// <param name="own">The account's name and address.</param>
    public static void Check(string password, string confirm, IEnumerable<string> own, FormErrors errors)
    {
        if (password.Length == 0) errors.Add("password", "Choose a password.");
        else if (password.Length < Shortest) errors.Add("password", $"A password has at least {Shortest} characters.");
        else if (password.Length > Longest) errors.Add("password", $"A password has at most {Longest} characters.");
        else if (password.Contains('\0', StringComparison.Ordinal)) errors.Add("password", "A password can't contain the null character.");
        else if (CommonPasswords.Contain(password)) errors.Add("password", "This is one of the passwords that are used most, and so tried first. Choose another one.");
        else if (Without(password, own).Length < Shortest) errors.Add("password", $"Your user name and e-mail address are known. Without them a password has at least {Shortest} characters.");
        else if (password != confirm) errors.Add("confirm", "The two passwords differ.");
    }

    /// <summary>The address before the name, which may be a part of it.</summary>
    private static string Without(string password, IEnumerable<string> own) =>
        own.Where(text => text.Length > 0).OrderByDescending(text => text.Length)
            .Aggregate(password, (rest, text) => rest.Replace(text, "", StringComparison.OrdinalIgnoreCase));
}
