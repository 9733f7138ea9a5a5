using ExpenseIQ.Database;
using ExpenseIQ.Domain;

namespace ExpenseIQ.Features.Accounts;

/// <summary>Keeps what happened to each account, for its owner to see. Rows go after a year (<c>Sweep</c>) and with the account.</summary>
internal sealed class SecurityLog(ExpenseDatabase database, TimeProvider time)
{
    private const int LongestDetail = 100;

    /// <summary>The row, for the transaction in which it happens.</summary>
    /// <param name="userId">Null: a name that nobody has.</param>
    /// <param name="detail">What it concerned, such as the name of a passkey; cut at 100 characters.</param>
    /// <param name="actorId">The administrator who did it; null: whoever is signed in, or tries to.</param>
    public Sql Row(long? userId, SecurityEvent kind, Visitor visitor, string detail = "", long? actorId = null) =>
        $"""
        insert into security_events (user_id, at, kind, address, user_agent, detail, actor_id)
        values ({Sql.OrNull(userId)}, {time.UtcNow()}, {(int)kind}, {visitor.Address}, {visitor.UserAgent}, {Cut(detail)}, {Sql.OrNull(actorId)})
        """;

    /// <summary>Records what happened by itself.</summary>
    public Task RecordAsync(long? userId, SecurityEvent kind, Visitor visitor, string detail = "") =>
        database.WriteAsync(_ => database.ExecuteAsync(Row(userId, kind, visitor, detail), CancellationToken.None), CancellationToken.None);

    private static string Cut(string text) => text.Length <= LongestDetail ? text : text[..(LongestDetail - 1)] + "…";
}
