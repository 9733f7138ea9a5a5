using System.Data.Common;
using ExpenseIQ.Database;
using ExpenseIQ.Domain;
using ExpenseIQ.Features.Accounts;

namespace ExpenseIQ.Features.Administration;

/// <summary>What an administrator sees of an account: nothing of what is in it but how much.</summary>
internal sealed record Person(
    long Id, string Username, string Email, bool IsAdmin, DateTime CreatedAt, DateTime? SeenAt, DateTime? DisabledAt, bool IsLeaving, long Expenses, Money Total, string Currency);

/// <summary>How much there is on the site.</summary>
internal sealed record SiteTotals(long People, long Administrators, long Disabled, long Expenses);

/// <summary>What an administrator did to somebody.</summary>
/// <param name="Actor">Null: the administrator's account is gone.</param>
internal sealed record RecordedAct(DateTime At, SecurityEvent Kind, string? Actor, string Person);

/// <summary>Answers who has an account here. Sums come from the ledgers; rows of expenses are not read.</summary>
internal static class PeopleQueries
{
    public const int PageSize = 50;
    private const int ActsShown = 20;

    private const string Columns =
        "u.id, u.username, u.email, u.is_admin, u.created_at, u.seen_at, u.disabled_at, u.leaving_at is not null, l.expense_count, l.total_minor, u.currency";

    /// <summary>People by name.</summary>
    /// <param name="search">Part of a name or an address; empty: everybody.</param>
    /// <param name="place">The name that the page begins behind or, where it goes back, ends before; empty: the first page.</param>
    /// <returns>At most one more than a page has, the one that is too many at the far end.</returns>
    public static async Task<List<Person>> ListPeopleAsync(
        this ExpenseDatabase database, string search, string place, bool isBack, CancellationToken cancellationToken)
    {
        // Names and addresses are ASCII that can be seen: nothing else is in them, and the columns can't be compared with it.
        if ((search + place).AsSpan().ContainsAnyExceptInRange(' ', '~')) return [];
        var pattern = $"%{search.Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal)}%";
        Sql found = search.Length == 0 ? Sql.Empty : $"and (u.username like {pattern} escape '!' or u.email like {pattern} escape '!')";
        Sql beyond = place.Length == 0 ? Sql.Empty : $"and u.username {Sql.Raw(isBack ? "<" : ">")} {place}";
        var people = await database.ListAsync(
            $"""
            select {Sql.Raw(Columns)} from users u join ledgers l on l.user_id = u.id where true {found} {beyond}
            order by u.username {Sql.Raw(isBack ? "desc" : "asc")} {Sql.Limit(PageSize + 1)}
            """,
            Read,
            cancellationToken);
        if (isBack) people.Reverse();
        return people;
    }

    public static Task<Person?> FindPersonAsync(this ExpenseDatabase database, long id, CancellationToken cancellationToken) => database.FindAsync(
        $"select {Sql.Raw(Columns)} from users u join ledgers l on l.user_id = u.id where u.id = {id} and u.leaving_at is null", Read, cancellationToken);

    public static async Task<SiteTotals> SumSiteAsync(this ExpenseDatabase database, CancellationToken cancellationToken) => (await database.FindAsync(
        $"""
        select count(*), coalesce(sum(case when u.is_admin = true then 1 else 0 end), 0), coalesce(sum(case when u.disabled_at is null then 0 else 1 end), 0),
          coalesce(sum(l.expense_count), 0)
        from users u join ledgers l on l.user_id = u.id where u.leaving_at is null
        """,
        row => new SiteTotals(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)),
        cancellationToken))!;

    /// <summary>What administrators did last, newest first.</summary>
    public static Task<List<RecordedAct>> ListActsAsync(this ExpenseDatabase database, CancellationToken cancellationToken)
    {
        Sql index = Sql.Raw(database.Dialect.Using("security_events_actor"));
        return database.ListAsync(
            $"""
            select e.at, e.kind, a.username, u.username
            from security_events e {index} join users u on u.id = e.user_id left join users a on a.id = e.actor_id
            where e.actor_id > 0 order by e.id desc {Sql.Limit(ActsShown)}
            """,
            row => new RecordedAct(row.GetDateTime(0), (SecurityEvent)row.GetInt32(1), row.IsDBNull(2) ? null : row.GetString(2), row.GetString(3)),
            cancellationToken);
    }

    private static Person Read(DbDataReader row) => new(
        row.GetInt64(0),
        row.GetString(1),
        row.GetString(2),
        row.GetBoolean(3),
        row.GetDateTime(4),
        row.IsDBNull(5) ? null : row.GetDateTime(5),
        row.IsDBNull(6) ? null : row.GetDateTime(6),
        row.GetBoolean(7),
        row.GetInt64(8),
        new Money(row.GetInt64(9)),
        row.GetString(10));
}
