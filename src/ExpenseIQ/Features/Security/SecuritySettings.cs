using ExpenseIQ.Database;

namespace ExpenseIQ.Features.Security;

/// <summary>What an account proves itself with.</summary>
/// <param name="AsksForCode">Whether a code is asked beside the password.</param>
/// <param name="RecoveryCodes">How many were not used yet.</param>
internal sealed record SecurityState(string Email, bool AsksForCode, long RecoveryCodes, bool HasPasskey);

/// <summary>Answers how an account is secured.</summary>
internal sealed class SecuritySettings(ExpenseDatabase database)
{
    public async Task<SecurityState> OfAsync(long userId, CancellationToken cancellationToken) => await database.FindAsync(
        $"""
        select email, totp_key is not null,
          (select count(*) from recovery_codes r where r.user_id = {userId} and r.used_at is null),
          exists (select 1 from passkeys p where p.user_id = {userId})
        from users where id = {userId}
        """,
        row => new SecurityState(row.GetString(0), row.GetBoolean(1), row.GetInt64(2), row.GetBoolean(3)),
        cancellationToken) ?? throw new InvalidOperationException("The account is gone.");
}
