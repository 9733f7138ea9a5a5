using ExpenseIQ.Database;
using ExpenseIQ.Domain;
using ExpenseIQ.Mailing;

namespace ExpenseIQ.Features.Accounts;

/// <summary>Keeps what happened to each account, for its owner to see and, where it is serious, to be told by mail. Rows go after a year (<c>Sweep</c>) and with the account.</summary>
internal sealed class SecurityLog(ExpenseDatabase database, Settings settings, TimeProvider time)
{
    private const int LongestDetail = 255;

    /// <summary>The row, for the transaction in which it happens.</summary>
    /// <param name="userId">Null: a name that nobody has.</param>
    /// <param name="detail">What it concerned, such as the name of a passkey; cut at 255 characters.</param>
    /// <param name="actorId">The administrator who did it; null: whoever is signed in, or tries to.</param>
    /// <param name="tell">Whether to tell the owner by mail, where mail is sent and such events are told at all.</param>
    public Sql Row(long? userId, SecurityEvent kind, Visitor visitor, string detail = "", long? actorId = null, bool tell = true)
    {
        var (now, isTold) = (time.UtcNow(), tell && userId is not null && settings.Mail is not null && Letters.IsTold(kind));
        return
            $"""
            insert into security_events (user_id, at, kind, address, user_agent, detail, actor_id, mail, mail_at)
            values ({Sql.OrNull(userId)}, {now}, {(int)kind}, {visitor.Address}, {visitor.UserAgent}, {Cut(detail)}, {Sql.OrNull(actorId)},
              {(int)(isTold ? MailState.ToBeTold : MailState.None)}, {Sql.OrNull(isTold ? now : null)})
            """;
    }

    /// <summary>Records what happened by itself.</summary>
    public Task RecordAsync(long? userId, SecurityEvent kind, Visitor visitor, string detail = "", bool tell = true) =>
        database.WriteAsync(_ => database.ExecuteAsync(Row(userId, kind, visitor, detail, tell: tell), CancellationToken.None), CancellationToken.None);

    private static string Cut(string text) => text.Length <= LongestDetail ? text : text[..(LongestDetail - 1)] + "…";
}
