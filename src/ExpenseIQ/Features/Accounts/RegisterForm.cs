using System.Buffers;
using System.Text.RegularExpressions;
using ExpenseIQ.Features.Shared;

namespace ExpenseIQ.Features.Accounts;

/// <summary>What a newcomer types.</summary>
public sealed partial class RegisterForm
{
    public const string UsernameCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
    private static readonly SearchValues<char> UsernameSet = SearchValues.Create(UsernameCharacters);
    private const int LongestEmail = 254;

    public string Username { get; private init; } = "";

    public string Email { get; private init; } = "";

    public string Password { get; private init; } = "";

    public string Confirm { get; private init; } = "";

    public string TimeZone { get; private init; } = "";

    public static RegisterForm Read(IFormCollection form) => new()
    {
        Username = form.Text("username").Trim(),
        Email = form.Text("email").Trim(),
        Password = form.Text("password"),
        Confirm = form.Text("confirm"),
        TimeZone = form.Text("time_zone"),
    };

    public void Check(FormErrors errors)
    {
        if (UsernameProblem(Username) is { } problem) errors.Add("username", problem);

        if (EmailProblem(Email) is { } emailProblem) errors.Add("email", emailProblem);

        NewPassword.Check(Password, Confirm, [Username, Email], errors);
    }

    /// <summary>What is wrong with a user name; null where nothing is.</summary>
    public static string? UsernameProblem(string username)
    {
        if (username.Length == 0) return "Choose a user name.";
        if (username.Length is < 3 or > 50) return "A user name has 3 to 50 characters.";
        return username.AsSpan().ContainsAnyExcept(UsernameSet) ? "A user name consists of the letters a to z, digits and underscores." : null;
    }

    /// <summary>What is wrong with an e-mail address; null where nothing is.</summary>
    public static string? EmailProblem(string email)
    {
        if (email.Length == 0) return "Enter your e-mail address.";
        return email.Length > LongestEmail || !EmailPattern().IsMatch(email) ? "This is not a complete e-mail address, such as name@example.com." : null;
    }

    /// <summary>The HTML standard's valid e-mail address, with a dot in the domain.</summary>
    [GeneratedRegex(@"^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)+\z", RegexOptions.NonBacktracking)]
    private static partial Regex EmailPattern();
}
