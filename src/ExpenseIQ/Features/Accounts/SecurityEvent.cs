namespace ExpenseIQ.Features.Accounts;

/// <summary>What can happen to an account's security. The numbers are stored.</summary>
internal enum SecurityEvent
{
    Registered = 1,
    SignedIn = 2,
    SignInFailed = 3,
    CodeFailed = 4,
    SignedOut = 5,
    SessionEnded = 6,
    OtherSessionsEnded = 7,
    ConfirmationFailed = 8,

    PasswordChanged = 10,
    PasswordLinkSent = 11,
    PasswordReset = 12,
    EmailChanged = 13,

    /// <summary>The mail goes to the address that is to be proven, which is the detail until then.</summary>
    EmailAskedFor = 14,

    CodesTurnedOn = 20,
    CodesTurnedOff = 21,
    RecoveryCodesMade = 22,
    RecoveryCodeUsed = 23,
    PasskeyAdded = 24,
    PasskeyRemoved = 25,
    DeviceRemembered = 26,

    ExpensesExported = 30,
    AccountDownloaded = 31,

    MadeAdministrator = 40,
    MadeUser = 41,
    Disabled = 42,
    Enabled = 43,
}
