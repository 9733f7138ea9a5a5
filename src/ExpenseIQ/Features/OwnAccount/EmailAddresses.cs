using ExpenseIQ.Database;
using ExpenseIQ.Features.Accounts;

namespace ExpenseIQ.Features.OwnAccount;

/// <summary>Puts a new e-mail address in the place of the old one.</summary>
internal sealed class EmailAddresses(ExpenseDatabase database, SecurityLog log, Settings settings)
{
    /// <summary>Links that were sent to the old address end with it.</summary>
    /// <returns>False: another account has the address.</returns>
    public async Task<bool> ChangeAsync(long userId, string email, Visitor visitor)
    {
        try
        {
            return await database.WriteAsync(
                async write =>
                {
                    // Letter for letter: whoever writes the same address in capitals changes it.
                    var present = await database.FindAsync($"select email from users where id = {userId}", row => row.GetString(0), CancellationToken.None);
                    if (present == email) return write.Abandon(true);
                    // Whom to tell: the outbox forgets it then.
                    var detail = settings.Mail is null ? "" : present!;
                    await database.ExecuteAsync($"update users set email = {email} where id = {userId}", CancellationToken.None);
                    await database.ExecuteAsync(OneTimeTokens.EndAll(userId, OneTimePurpose.NewPassword), CancellationToken.None);
                    await database.ExecuteAsync(log.Row(userId, SecurityEvent.EmailChanged, visitor, detail), CancellationToken.None);
                    return true;
                },
                CancellationToken.None);
        }
        catch (Exception exception) when (database.IsDuplicate(exception))
        {
            return false;
        }
    }
}
