using ExpenseIQ.Database;
using ExpenseIQ.Domain;
using ExpenseIQ.Features.Accounts;

namespace ExpenseIQ.Mailing;

/// <summary>An event that is to be told to the owner of an account.</summary>
/// <param name="ByAdministrator">Whether an administrator did it.</param>
/// <param name="IsShut">Whether nobody can sign in to the account.</param>
internal sealed record PendingMail(
    long Id, long UserId, SecurityEvent Kind, DateTime At, Visitor Visitor, string Detail, bool ByAdministrator, string Username, string Email, string TimeZone, bool IsShut);

/// <summary>
/// The mails that are to be sent: events of the security log, marked in the transaction in which they happened. Of several instances one
/// claims a row, for as long as sending may take; what was claimed by one that ended meanwhile is then sent by another.
/// </summary>
internal sealed class Outbox(ExpenseDatabase database, TimeProvider time)
{
    /// <summary>Longer than <see cref="MailServer.Patience"/>.</summary>
    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromDays(1);

    /// <summary>Claims the oldest mail that is due; null where none is.</summary>
    public async Task<PendingMail?> ClaimAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var now = time.UtcNow();
            var due = await database.FindAsync(
                $"""
                select e.id, e.user_id, e.kind, e.at, e.address, e.user_agent, e.detail, e.actor_id is not null,
                  u.username, u.email, u.time_zone, u.disabled_at is not null or u.leaving_at is not null
                from security_events e join users u on u.id = e.user_id
                where e.mail = {(int)MailState.ToBeTold} and e.mail_at <= {now} order by e.id {Sql.Limit(1)}
                """,
                row => new PendingMail(
                    row.GetInt64(0), row.GetInt64(1), (SecurityEvent)row.GetInt32(2), row.GetDateTime(3), new Visitor(row.GetString(4), row.GetString(5)), row.GetString(6),
                    row.GetBoolean(7), row.GetString(8), row.GetString(9), row.GetString(10), row.GetBoolean(11)),
                cancellationToken);
            if (due is null) return null;
            var isOurs = await database.WriteOnceAsync(
                _ => database.ExecuteAsync(
                    $"""
                    update security_events set mail_at = {now + Claim}
                    where user_id = {due.UserId} and id = {due.Id} and mail = {(int)MailState.ToBeTold} and mail_at <= {now}
                    """,
                    CancellationToken.None),
                cancellationToken) == 1;
            if (isOurs) return due;
        }
    }

    /// <summary>Whether the account was told of as many such events within the hour before as it may be.</summary>
    /// <remarks>Counted are events before this one, so that instances that send at the same time come to the same answer.</remarks>
    public async Task<bool> IsEnoughAsync(PendingMail mail, int mostAnHour, CancellationToken cancellationToken) => await database.FindAsync(
        $"""
        select count(*) from security_events
        where user_id = {mail.UserId} and id < {mail.Id} and kind = {(int)mail.Kind} and at > {mail.At.AddHours(-1)}
          and mail in ({(int)MailState.ToBeTold}, {(int)MailState.Told})
        """,
        row => row.GetInt64(0),
        cancellationToken) >= mostAnHour;

    /// <summary>
    /// Whether a mail that was claimed is still to be sent, to the same address; for the transaction that makes its link, which whoever
    /// changes the address or the password waits for, or it for them.
    /// </summary>
    public async Task<bool> IsStillDueAsync(PendingMail mail) =>
        await database.ExecuteAsync($"update users set seen_at = seen_at where id = {mail.UserId} and email = {mail.Email}", CancellationToken.None) == 1
        && await database.ExecuteAsync(
            $"update security_events set mail_at = mail_at where user_id = {mail.UserId} and id = {mail.Id} and mail = {(int)MailState.ToBeTold}", CancellationToken.None) == 1;

    /// <summary>Sends no links any more that were asked for to prove an address, within a transaction.</summary>
    public static Sql DropEmailProofs(long userId) =>
        $"""
        update security_events set mail = {(int)MailState.None}, mail_at = null, detail = {""}
        where user_id = {userId} and kind = {(int)SecurityEvent.EmailAskedFor} and mail = {(int)MailState.ToBeTold}
        """;

    /// <summary>Says what became of a mail for good. An address was kept for the mail alone.</summary>
    public Task CloseAsync(PendingMail mail, MailState state)
    {
        var detail = mail.Kind is SecurityEvent.EmailChanged or SecurityEvent.EmailAskedFor ? "" : mail.Detail;
        return database.WriteAsync(
            _ => database.ExecuteAsync(
                $"update security_events set mail = {(int)state}, mail_at = null, detail = {detail} where user_id = {mail.UserId} and id = {mail.Id}", CancellationToken.None),
            CancellationToken.None);
    }

    /// <summary>Puts a mail off that could not be sent: each time for as long again as it has waited already, and not after a day.</summary>
    /// <returns>For how long; null: it was given up.</returns>
    public async Task<TimeSpan?> PutOffAsync(PendingMail mail)
    {
        var now = time.UtcNow();
        var age = now - mail.At;
        if (age >= GiveUpAfter)
        {
            await CloseAsync(mail, MailState.GivenUp);
            return null;
        }
        var wait = TimeSpan.FromTicks(Math.Clamp(age.Ticks, ShortestWait.Ticks, LongestWait.Ticks));
        await database.WriteAsync(
            _ => database.ExecuteAsync($"update security_events set mail_at = {now + wait} where user_id = {mail.UserId} and id = {mail.Id}", CancellationToken.None),
            CancellationToken.None);
        return wait;
    }
}
