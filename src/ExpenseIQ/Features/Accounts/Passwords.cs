using ExpenseIQ.Database;
using ExpenseIQ.Mailing;

namespace ExpenseIQ.Features.Accounts;

/// <summary>Puts a new password in the place of the old one.</summary>
internal sealed class Passwords(ExpenseDatabase database, PasswordHasher hasher, Sessions sessions, SecurityLog log)
{
    /// <summary>The sessions that the old password began end with it, and so do links to a new one.</summary>
    /// <param name="except">The key of the session that goes on; null: none does.</param>
    /// <param name="within">What else happens in the same transaction; where it answers false, nothing does.</param>
    /// <returns>Whether the password was changed.</returns>
    public Task<bool> ChangeAsync(long userId, string password, string? except, SecurityEvent kind, Visitor visitor, Func<Task<bool>>? within = null)
    {
        var hash = hasher.HashPassword(password);
        return database.WriteOnceAsync(
            async write =>
            {
                if (within is not null && !await within()) return write.Abandon(false);
                await database.ExecuteAsync($"update users set password = {hash} where id = {userId}", CancellationToken.None);
                await database.ExecuteAsync(OneTimeTokens.EndAll(userId, OneTimePurpose.NewPassword), CancellationToken.None);
                await database.ExecuteAsync(OneTimeTokens.EndAll(userId, OneTimePurpose.Code), CancellationToken.None);
                await database.ExecuteAsync(OneTimeTokens.EndAll(userId, OneTimePurpose.NewEmail), CancellationToken.None);
                await database.ExecuteAsync(Outbox.DropEmailProofs(userId), CancellationToken.None);
                await sessions.EndOthersAsync(userId, except);
                await database.ExecuteAsync(log.Row(userId, kind, visitor), CancellationToken.None);
                return true;
            },
            CancellationToken.None);
    }
}
