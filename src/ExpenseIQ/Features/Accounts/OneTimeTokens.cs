using ExpenseIQ.Database;
using ExpenseIQ.Domain;

namespace ExpenseIQ.Features.Accounts;

/// <summary>What a one-time token is for. The numbers are stored.</summary>
internal enum OneTimePurpose
{
    /// <summary>The password was right, a code is missing.</summary>
    Code = 1,

    /// <summary>A link to choose a new password.</summary>
    NewPassword = 2,

    /// <summary>A passkey's challenge that was answered.</summary>
    AnsweredChallenge = 3,

    /// <summary>A link that proves an e-mail address, which is its data.</summary>
    NewEmail = 4,
}

/// <summary>Secrets that work once and not for long.</summary>
internal sealed class OneTimeTokens(ExpenseDatabase database, SecretTokens secrets, TimeProvider time)
{
    /// <summary>Makes one for an account.</summary>
    /// <param name="data">What its bearer gets with it, at most 1,000 characters.</param>
    /// <param name="replaces">Whether those that were made before for the same account and purpose end.</param>
    public async Task<string> CreateAsync(long userId, OneTimePurpose purpose, string data, TimeSpan lasts, bool replaces) =>
        (await CreateAsync(userId, purpose, data, lasts, replaces, static () => Task.FromResult(true)))!;

    /// <summary>Makes one for an account, where it is still to be.</summary>
    /// <param name="isWanted">Asked in the same transaction.</param>
    /// <returns>Null: it was not.</returns>
    public async Task<string?> CreateAsync(long userId, OneTimePurpose purpose, string data, TimeSpan lasts, bool replaces, Func<Task<bool>> isWanted)
    {
        var (token, expiresAt) = (SecretTokens.Create(), time.UtcNow() + lasts);
        var isMade = await database.WriteAsync(
            async write =>
            {
                if (!await isWanted()) return write.Abandon(false);
                if (replaces) await database.ExecuteAsync(EndAll(userId, purpose), CancellationToken.None);
                await database.ExecuteAsync(
                    $"delete from one_time_tokens where token_hash = {secrets.HashOf(token)}", CancellationToken.None); // by a first attempt
                await database.ExecuteAsync(
                    $"""
                    insert into one_time_tokens (token_hash, user_id, purpose, data, expires_at)
                    values ({secrets.HashOf(token)}, {userId}, {(int)purpose}, {data}, {expiresAt})
                    """,
                    CancellationToken.None);
                return true;
            },
            CancellationToken.None);
        return isMade ? token : null;
    }

    /// <summary>What a token is for, without using it up; null where it does not count.</summary>
    public Task<OneTimeToken?> FindAsync(string? token, OneTimePurpose purpose, CancellationToken cancellationToken) =>
        token is not { Length: > 0 }
            ? Task.FromResult<OneTimeToken?>(null)
            : database.FindAsync(
                $"""
                select user_id, data from one_time_tokens
                where token_hash = {secrets.HashOf(token)} and purpose = {(int)purpose} and expires_at > {time.UtcNow()} and user_id is not null
                """,
                row => new OneTimeToken(row.GetInt64(0), row.GetString(1)),
                cancellationToken);

    /// <summary>Uses a token up, within a transaction. Of those who try at once, one succeeds.</summary>
    public async Task<bool> UseAsync(string token, OneTimePurpose purpose) => await database.ExecuteAsync(
        $"delete from one_time_tokens where token_hash = {secrets.HashOf(token)} and purpose = {(int)purpose} and expires_at > {time.UtcNow()}",
        CancellationToken.None) == 1;

    /// <summary>Ends all of an account's tokens for a purpose, within a transaction.</summary>
    public static Sql EndAll(long userId, OneTimePurpose purpose) => $"delete from one_time_tokens where user_id = {userId} and purpose = {(int)purpose}";
}

/// <param name="Data">What was stored with it.</param>
internal sealed record OneTimeToken(long UserId, string Data);
