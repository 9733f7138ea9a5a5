using ExpenseIQ.Features.Accounts;

namespace ExpenseIQ.Features.Security;

/// <summary>What happened to an account, in words for its owner.</summary>
internal static class EventWords
{
    public static string Of(SecurityEvent kind) => kind switch
    {
        SecurityEvent.Registered => "Account created",
        SecurityEvent.SignedIn => "Signed in",
        SecurityEvent.SignInFailed => "Somebody tried a wrong password",
        SecurityEvent.CodeFailed => "Somebody with the right password tried a wrong code",
        SecurityEvent.SignedOut => "Signed out",
        SecurityEvent.SessionEnded => "Signed out on another device",
        SecurityEvent.OtherSessionsEnded => "Signed out everywhere else",
        SecurityEvent.ConfirmationFailed => "Somebody who was signed in entered a wrong password",
        SecurityEvent.PasswordChanged => "Password changed",
        SecurityEvent.PasswordLinkSent => "Link to a new password asked for",
        SecurityEvent.PasswordReset => "Password changed by a link",
        SecurityEvent.EmailChanged => "E-mail address changed",
        SecurityEvent.EmailAskedFor => "Another e-mail address asked for",
        SecurityEvent.CodesTurnedOn => "Codes of an authenticator app turned on",
        SecurityEvent.CodesTurnedOff => "Codes of an authenticator app turned off",
        SecurityEvent.RecoveryCodesMade => "New recovery codes made",
        SecurityEvent.RecoveryCodeUsed => "Recovery code used",
        SecurityEvent.PasskeyAdded => "Passkey added",
        SecurityEvent.PasskeyRemoved => "Passkey removed",
        SecurityEvent.DeviceRemembered => "Browser remembered: no code is asked there for a while",
        SecurityEvent.ExpensesExported => "Expenses exported",
        SecurityEvent.AccountDownloaded => "Everything about the account downloaded",
        SecurityEvent.MadeAdministrator => "Made administrator",
        SecurityEvent.MadeUser => "Administrator no more",
        SecurityEvent.Disabled => "Account disabled",
        SecurityEvent.Enabled => "Account enabled",
        // A newer version of the program stored it.
        _ => "Something that this version has no words for",
    };

    /// <summary>Whether somebody did not get through: worth a second look.</summary>
    public static bool IsFailure(SecurityEvent kind) =>
        kind is SecurityEvent.SignInFailed or SecurityEvent.CodeFailed or SecurityEvent.ConfirmationFailed;

    /// <summary>The detail in words: of a sign-in, how; of anything else, what was stored.</summary>
    public static string DetailOf(SecurityEvent kind, string detail) =>
        kind is SecurityEvent.SignedIn or SecurityEvent.Registered && Enum.TryParse<SignInMethod>(detail, out var method) ? Of(method) : detail;

    private static string Of(SignInMethod method) => method switch
    {
        SignInMethod.Password => "with the password",
        SignInMethod.PasswordAndCode => "with the password and a code",
        SignInMethod.PasswordAndRecoveryCode => "with the password and a recovery code",
        SignInMethod.Passkey => "with a passkey",
        SignInMethod.PasswordOnKnownDevice => "with the password, on a remembered browser",
        _ => "",
    };
}
