using ExpenseIQ.Features.Shared;

namespace ExpenseIQ.Features.Accounts;

/// <summary>What a new password must be: long enough, and typed the same way twice. There are no rules about kinds of characters.</summary>
internal static class NewPassword
{
    public const int Shortest = 8;
    private const int Longest = 1000;

    public static void Check(string password, string confirm, FormErrors errors)
    {
        if (password.Length == 0) errors.Add("password", "Choose a password.");
        else if (password.Length < Shortest) errors.Add("password", $"A password has at least {Shortest} characters.");
        else if (password.Length > Longest) errors.Add("password", $"A password has at most {Longest} characters.");
        else if (password.Contains('\0', StringComparison.Ordinal)) errors.Add("password", "A password can't contain the null character.");
        else if (password != confirm) errors.Add("confirm", "The two passwords differ.");
    }
}
