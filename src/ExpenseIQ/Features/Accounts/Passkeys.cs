using System.Globalization;
using System.Security.Cryptography;
using ExpenseIQ.Database;
using ExpenseIQ.Database.Tables;
using ExpenseIQ.Domain;
using ExpenseIQ.Web;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace ExpenseIQ.Features.Accounts;

/// <summary>What the browser needs to make a passkey or to answer with one.</summary>
/// <param name="Options">JSON, as the Web Authentication standard has it.</param>
/// <param name="State">What comes back with the answer: the challenge, sealed, good once and for five minutes.</param>
internal sealed record PasskeyQuestion(string Options, string State);

/// <summary>A passkey as its owner sees it.</summary>
/// <param name="Key">What names it in a form.</param>
internal sealed record PasskeyRow(string Key, string Name, DateTime CreatedAt, DateTime? UsedAt, bool IsBackedUp);

/// <summary>
/// Passkeys (WebAuthn): the framework checks them; here is where challenges and keys are kept. The device must have seen its owner (a PIN,
/// a finger, a face), so that a passkey alone signs in.
/// </summary>
internal sealed class Passkeys(
    ExpenseDatabase database, UserManager<User> users, IPasskeyHandler<User> handler, SecretTokens secrets, Sessions sessions, SecurityLog log, IDataProtectionProvider protection, Settings settings, TimeProvider time)
{
    public const int LongestName = 50;
    private const int Most = 20;
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromMinutes(5);
    private readonly ITimeLimitedDataProtector questions = protection.CreateProtector("ExpenseIQ.Passkeys").ToTimeLimitedDataProtector();

    /// <summary>Asks for a passkey: of an account, or of whichever account the person chooses.</summary>
    public async Task<PasskeyQuestion> AskAsync(HttpContext context, long? userId)
    {
        var user = userId is { } id ? await users.FindByIdAsync(id.ToString(CultureInfo.InvariantCulture)) : null;
        var question = await handler.MakeRequestOptionsAsync(user, context);
        return new PasskeyQuestion(question.RequestOptionsJson, questions.Protect(question.AssertionState ?? "", AnswerWithin));
    }

    /// <summary>Asks for a new passkey of an account.</summary>
    public async Task<PasskeyQuestion> AskForNewAsync(HttpContext context, long userId, string username)
    {
        var question = await handler.MakeCreationOptionsAsync(
            new PasskeyUserEntity { Id = UserHandle.Of(userId, settings), Name = username, DisplayName = username }, context);
        return new PasskeyQuestion(question.CreationOptionsJson, questions.Protect(question.AttestationState ?? "", AnswerWithin));
    }

    /// <returns>Whose passkey the answer is; null: nobody's, or the question was answered before.</returns>
    public async Task<long?> VerifyAsync(HttpContext context, string credential, string state)
    {
        if (Open(state) is not { } challenge) return null;
        var result = await handler.PerformAssertionAsync(new PasskeyAssertionContext { HttpContext = context, CredentialJson = credential, AssertionState = challenge });
        if (!result.Succeeded || !await IsFirstAnswerAsync(state)) return null;
        var (userId, passkey) = (result.User.Id, result.Passkey);
        // One that was removed meanwhile stays so.
        var isKept = await database.WriteAsync(
            _ => database.ExecuteAsync(
                $"""
                update passkeys set sign_count = {passkey.SignCount}, is_backed_up = {passkey.IsBackedUp}, used_at = {time.UtcNow()}
                where user_id = {userId} and credential_hash = {SHA256.HashData(passkey.CredentialId)}
                """,
                CancellationToken.None),
            CancellationToken.None) == 1;
        return isKept ? userId : null;
    }

    /// <summary>Keeps a new passkey.</summary>
    /// <returns>What is wrong; null: it is kept.</returns>
    public async Task<string?> AddAsync(HttpContext context, CurrentUser user, string name, string credential, string state)
    {
        const string refusal = "This passkey could not be taken. Please try again.";
        if (Open(state) is not { } challenge) return refusal;
        var result = await handler.PerformAttestationAsync(new PasskeyAttestationContext { HttpContext = context, CredentialJson = credential, AttestationState = challenge });
        if (!result.Succeeded || result.UserEntity.Id != UserHandle.Of(user.Id, settings) || !await IsFirstAnswerAsync(state)) return refusal;
        if ((await ListAsync(user.Id, CancellationToken.None)).Count >= Most) return $"An account has at most {Most} passkeys.";
        result.Passkey.Name = name;
        var account = await users.FindByIdAsync(result.UserEntity.Id);
        await users.AddOrUpdatePasskeyAsync(account!, result.Passkey);
        await database.WriteAsync(
            async _ =>
            {
                await sessions.RaiseAsync(user, SignInMethod.Passkey);
                return await database.ExecuteAsync(log.Row(user.Id, SecurityEvent.PasskeyAdded, Visitor.Of(context), name), CancellationToken.None);
            },
            CancellationToken.None);
        return null;
    }

    public Task<List<PasskeyRow>> ListAsync(long userId, CancellationToken cancellationToken) => database.ListAsync(
        $"select credential_hash, name, created_at, used_at, is_backed_up from passkeys where user_id = {userId} order by created_at",
        row => new PasskeyRow(
            Convert.ToHexStringLower(row.GetFieldValue<byte[]>(0)), row.GetString(1), row.GetDateTime(2), row.IsDBNull(3) ? null : row.GetDateTime(3), row.GetBoolean(4)),
        cancellationToken);

    /// <returns>Whether the account had it.</returns>
    public async Task<bool> RemoveAsync(long userId, string key, Visitor visitor)
    {
        if ((await ListAsync(userId, CancellationToken.None)).Find(row => row.Key == key) is not { } passkey) return false;
        await database.WriteAsync(
            async _ =>
            {
                await database.ExecuteAsync($"delete from passkeys where user_id = {userId} and credential_hash = {Convert.FromHexString(passkey.Key)}", CancellationToken.None);
                await sessions.LowerAsync(userId);
                return await database.ExecuteAsync(log.Row(userId, SecurityEvent.PasskeyRemoved, visitor, passkey.Name), CancellationToken.None);
            },
            CancellationToken.None);
        return true;
    }

    /// <summary>Removes all of an account's, within a transaction.</summary>
    public async Task RemoveAllAsync(long userId, Visitor visitor)
    {
        foreach (var passkey in await ListAsync(userId, CancellationToken.None)) await database.ExecuteAsync(log.Row(userId, SecurityEvent.PasskeyRemoved, visitor, passkey.Name), CancellationToken.None);
        await database.ExecuteAsync($"delete from passkeys where user_id = {userId}", CancellationToken.None);
    }

    /// <summary>The challenge; null where it is not ours or too old.</summary>
    private string? Open(string state)
    {
        try
        {
            return questions.Unprotect(state);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Whether a right answer is the first to its question: one that was listened to is worth nothing.</summary>
    private async Task<bool> IsFirstAnswerAsync(string state)
    {
        try
        {
            return await database.WriteOnceAsync(
                _ => database.ExecuteAsync(
                    $"""
                    insert into one_time_tokens (token_hash, purpose, data, expires_at)
                    values ({secrets.HashOf(state)}, {(int)OneTimePurpose.AnsweredChallenge}, {""}, {time.UtcNow() + AnswerWithin})
                    """,
                    CancellationToken.None),
                CancellationToken.None) == 1;
        }
        catch (Exception exception) when (database.IsDuplicate(exception))
        {
            return false;
        }
    }
}
