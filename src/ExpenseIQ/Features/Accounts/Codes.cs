using System.Security.Cryptography;
using ExpenseIQ.Database;
using ExpenseIQ.Domain;
using ExpenseIQ.Web;
using Microsoft.AspNetCore.DataProtection;
using OtpNet;

namespace ExpenseIQ.Features.Accounts;

/// <summary>
/// Codes of an authenticator app: six digits, every 30 seconds (TOTP, RFC 6238), taken from the step before to the step after and each
/// once. The key that the app and the server share is encrypted in the database.
/// </summary>
internal sealed class Codes(ExpenseDatabase database, RecoveryCodes recovery, Sessions sessions, SecurityLog log, IDataProtectionProvider protection, TimeProvider time)
{
    private const int KeyBytes = 20; // what RFC 4226 recommends
    private const string Issuer = "ExpenseIQ";
    private static readonly VerificationWindow Window = new(previous: 1, future: 1);
    private readonly IDataProtector stored = protection.CreateProtector("ExpenseIQ.Codes");

    /// <summary>A key that is not in force yet.</summary>
    /// <returns>Base32, as apps take it where they can't read the picture.</returns>
    public static string CreateKey() => Base32Encoding.ToString(RandomNumberGenerator.GetBytes(KeyBytes)).TrimEnd('=');

    /// <summary>What the picture says to an app.</summary>
    public static string AddressOf(string key, string username) => new OtpUri(OtpType.Totp, key, username, Issuer).ToString();

    /// <summary>Turns codes on, once the app has shown that it knows the key, with ten recovery codes.</summary>
    /// <returns>The recovery codes; null: the code is not the app's.</returns>
    public async Task<IReadOnlyList<string>?> TurnOnAsync(CurrentUser user, string key, string code, Visitor visitor)
    {
        if (StepOf(key, code) is not { } step) return null;
        var codes = RecoveryCodes.Create();
        await database.WriteAsync(
            async _ =>
            {
                await database.ExecuteAsync($"update users set totp_key = {stored.Protect(key)}, totp_step = {step} where id = {user.Id}", CancellationToken.None);
                await recovery.ReplaceAsync(user.Id, codes);
                await sessions.RaiseAsync(user, SignInMethod.PasswordAndCode);
                return await database.ExecuteAsync(log.Row(user.Id, SecurityEvent.CodesTurnedOn, visitor), CancellationToken.None);
            },
            CancellationToken.None);
        return codes;
    }

    /// <summary>Codes are asked for no more.</summary>
    public Task TurnOffAsync(long userId, Visitor visitor) => database.WriteAsync(
        async _ =>
        {
            await database.ExecuteAsync($"update users set totp_key = null, totp_step = 0 where id = {userId}", CancellationToken.None);
            await recovery.ReplaceAsync(userId, []);
            await database.ExecuteAsync($"update devices set code_until = null where user_id = {userId}", CancellationToken.None);
            await sessions.LowerAsync(userId);
            return await database.ExecuteAsync(log.Row(userId, SecurityEvent.CodesTurnedOff, visitor), CancellationToken.None);
        },
        CancellationToken.None);

    /// <summary>Whether a code is the app's and was not used yet; it is used up then.</summary>
    public async Task<bool> UseAsync(long userId, string code)
    {
        var kept = await database.FindAsync($"select totp_key from users where id = {userId} and totp_key is not null", row => row.GetString(0), CancellationToken.None);
        if (kept is null || Open(kept) is not { } key || StepOf(key, code) is not { } step) return false;
        return await database.WriteOnceAsync(
            _ => database.ExecuteAsync($"update users set totp_step = {step} where id = {userId} and totp_step < {step}", CancellationToken.None),
            CancellationToken.None) == 1;
    }

    /// <summary>Null: it was encrypted under another SECRET_KEY. Recovery codes still work.</summary>
    private string? Open(string kept)
    {
        try
        {
            return stored.Unprotect(kept);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>The step that a code belongs to; null: none of those that count now.</summary>
    private long? StepOf(string key, string code)
    {
        var digits = new string([.. code.Where(letter => !char.IsWhiteSpace(letter) && letter != '-')]);
        if (digits.Length != 6 || !digits.All(char.IsAsciiDigit)) return null;
        var totp = new Totp(Base32Encoding.ToBytes(key));
        return totp.VerifyTotp(time.UtcNow(), digits, out var step, Window) ? step : null;
    }
}
