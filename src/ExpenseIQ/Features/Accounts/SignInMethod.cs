namespace ExpenseIQ.Features.Accounts;

/// <summary>How somebody proved who they are. The numbers are stored.</summary>
internal enum SignInMethod
{
    Password = 1,
    PasswordAndCode = 2,
    PasswordAndRecoveryCode = 3,
    Passkey = 4,

    /// <summary>The code was left out on a browser that its owner said to remember.</summary>
    PasswordOnKnownDevice = 5,
}
