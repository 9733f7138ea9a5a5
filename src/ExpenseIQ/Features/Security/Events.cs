using ExpenseIQ.Database;
using ExpenseIQ.Features.Accounts;

namespace ExpenseIQ.Features.Security;

/// <summary>Something that happened to an account, as its owner sees it.</summary>
/// <param name="Address">Empty where an administrator did it: where that was is the administrator's.</param>
/// <param name="UserAgent">The same.</param>
internal sealed record EventRow(long Id, DateTime At, SecurityEvent Kind, string Address, string UserAgent, string Detail, bool IsByAdministrator);

/// <summary>Answers what happened to an account, newest first, page by page.</summary>
internal static class Events
{
    public const int PageSize = 50;

    /// <param name="before">The last one of the page before; null: the newest.</param>
    /// <returns>At most one more than a page has.</returns>
    public static Task<List<EventRow>> ListEventsAsync(this ExpenseDatabase database, long userId, long? before, CancellationToken cancellationToken) =>
        database.ListAsync(
            $"""
            select id, at, kind, address, user_agent, detail, actor_id is not null
            from security_events where user_id = {userId} and id < {before ?? long.MaxValue} order by id desc {Sql.Limit(PageSize + 1)}
            """,
            row => row.GetBoolean(6)
                ? new EventRow(row.GetInt64(0), row.GetDateTime(1), (SecurityEvent)row.GetInt32(2), "", "", row.GetString(5), IsByAdministrator: true)
                : new EventRow(row.GetInt64(0), row.GetDateTime(1), (SecurityEvent)row.GetInt32(2), row.GetString(3), row.GetString(4), row.GetString(5), IsByAdministrator: false),
            cancellationToken);
}
