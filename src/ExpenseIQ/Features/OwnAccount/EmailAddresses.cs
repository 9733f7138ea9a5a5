using ExpenseIQ.Database;
using ExpenseIQ.Domain;
using ExpenseIQ.Features.Accounts;
using ExpenseIQ.Mailing;

namespace ExpenseIQ.Features.OwnAccount;

/// <summary>What came of a wish for another e-mail address.</summary>
internal enum AddressChange
{
    Changed,

    /// <summary>A link goes to the new address; it is opened first.</summary>
    AskedFor,

    /// <summary>Another account has it.</summary>
    Taken,

    /// <summary>The link counts no more, or is somebody else's.</summary>
    NoLink,
}

/// <summary>
/// Puts a new e-mail address in the place of the old one. Where mails are sent, it has to prove that it is its owner's first: whoever has the
/// address can choose a new password.
/// </summary>
internal sealed class EmailAddresses(ExpenseDatabase database, OneTimeTokens tokens, SecurityLog log, Settings settings, TimeProvider time)
{
    /// <summary>Whether a new address is proven before it counts.</summary>
    public bool AreProven => settings.Mail is not null;

    public async Task<AddressChange> ChangeAsync(long userId, string email, Visitor visitor)
    {
        if (!AreProven) return await PutAsync(userId, email, visitor, static () => Task.FromResult(true));
        return await database.WriteAsync(
            async write =>
            {
                var isTaken = await database.FindAsync($"select 1 from users where email = {email} and id <> {userId}", row => true, CancellationToken.None);
                if (isTaken) return write.Abandon(AddressChange.Taken);
                await DropAsync(userId);
                if (await PresentAsync(userId) == email) return AddressChange.Changed;
                // Where the mail goes: the outbox forgets it then.
                await database.ExecuteAsync(log.Row(userId, SecurityEvent.EmailAskedFor, visitor, email), CancellationToken.None);
                return AddressChange.AskedFor;
            },
            CancellationToken.None);
    }

    /// <summary>The address that a link was asked for, and did not prove yet; null: none.</summary>
    public Task<string?> FindAskedForAsync(long userId, CancellationToken cancellationToken) => database.FindAsync(
        $"""
        select data from one_time_tokens where user_id = {userId} and purpose = {(int)OneTimePurpose.NewEmail} and expires_at > {time.UtcNow()}
        union all
        select detail from security_events where user_id = {userId} and kind = {(int)SecurityEvent.EmailAskedFor} and mail = {(int)MailState.ToBeTold}
        """,
        row => row.GetString(0),
        cancellationToken);

    /// <summary>The address that a link would prove; null where it counts no more, or is another account's.</summary>
    public async Task<string?> FindAsync(long userId, string token, CancellationToken cancellationToken) =>
        await tokens.FindAsync(token, OneTimePurpose.NewEmail, cancellationToken) is { } found && found.UserId == userId ? found.Data : null;

    /// <summary>Takes the address of a link.</summary>
    public async Task<AddressChange> ProveAsync(long userId, string token, Visitor visitor, CancellationToken cancellationToken) =>
        await FindAsync(userId, token, cancellationToken) is { } email
            ? await PutAsync(userId, email, visitor, () => tokens.UseAsync(token, OneTimePurpose.NewEmail))
            : AddressChange.NoLink;

    /// <summary>Links that were sent to the old address end with it.</summary>
    private async Task<AddressChange> PutAsync(long userId, string email, Visitor visitor, Func<Task<bool>> within)
    {
        try
        {
            return await database.WriteOnceAsync(
                async write =>
                {
                    if (!await within()) return write.Abandon(AddressChange.NoLink);
                    var before = await PresentAsync(userId);
                    if (before == email) return AddressChange.Changed;
                    // Whom to tell: the outbox forgets it then.
                    var detail = AreProven ? before : "";
                    await database.ExecuteAsync($"update users set email = {email} where id = {userId}", CancellationToken.None);
                    await database.ExecuteAsync(OneTimeTokens.EndAll(userId, OneTimePurpose.NewPassword), CancellationToken.None);
                    await DropAsync(userId);
                    await database.ExecuteAsync(log.Row(userId, SecurityEvent.EmailChanged, visitor, detail), CancellationToken.None);
                    return AddressChange.Changed;
                },
                CancellationToken.None);
        }
        catch (Exception exception) when (database.IsDuplicate(exception))
        {
            return AddressChange.Taken;
        }
    }

    /// <summary>As it was written: whoever writes the same address in capitals changes it.</summary>
    private async Task<string> PresentAsync(long userId) =>
        await database.FindAsync($"select email from users where id = {userId}", row => row.GetString(0), CancellationToken.None) ?? "";

    /// <summary>Links that were asked for before prove nothing any more.</summary>
    private async Task DropAsync(long userId)
    {
        await database.ExecuteAsync(OneTimeTokens.EndAll(userId, OneTimePurpose.NewEmail), CancellationToken.None);
        await database.ExecuteAsync(Outbox.DropEmailProofs(userId), CancellationToken.None);
    }
}
