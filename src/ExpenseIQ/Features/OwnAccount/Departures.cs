using System.Diagnostics;
using ExpenseIQ.Database;
using ExpenseIQ.Domain;

namespace ExpenseIQ.Features.OwnAccount;

/// <summary>
/// Deletes accounts for real. Leaving is one transaction: from then on nobody signs in, and the name and the address stay taken. The rows
/// go after that, some in each transaction, so that nothing is locked for long however long the history is; whoever is interrupted leaves
/// the rest to whichever instance looks next (<see cref="Removal"/>). The account itself goes last.
/// </summary>
internal sealed class Departures(ExpenseDatabase database, TimeProvider time)
{
    /// <summary>How long the request that asks for it goes on itself.</summary>
    public static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(5);

    private const int RowsAStep = 2000;

    /// <summary>What an account may have many rows of, and what names a row among its own. The rest goes with the account.</summary>
    private static readonly (string Table, string Key)[] Rows =
    [
        ("expenses", "date, id"), ("totals", "kind, bucket, category_id"), ("search_texts", "text_key"), ("submissions", "submission_key"), ("security_events", "id"),
    ];

    /// <summary>What opens an account.</summary>
    private static readonly string[] Keys = ["sessions", "devices", "passkeys", "recovery_codes", "one_time_tokens"];

    /// <summary>Whether an account may leave: not the last administrator while there are others, whom nobody could let in or keep out then.</summary>
    public async Task<bool> MayLeaveAsync(long userId, CancellationToken cancellationToken) =>
        await database.FindAsync(
            $"""
            select u.is_admin,
              exists (select 1 from users o where o.id <> {userId} and o.leaving_at is null),
              exists (select 1 from users a where a.id <> {userId} and a.is_admin = true and a.disabled_at is null and a.leaving_at is null)
            from users u where u.id = {userId}
            """,
            row => (bool?)(!row.GetBoolean(0) || !row.GetBoolean(1) || row.GetBoolean(2)),
            cancellationToken) ?? true;

    /// <summary>Shuts an account for good and ends its sessions.</summary>
    /// <returns>False: it is the last administrator's, and there are others.</returns>
    public Task<bool> LeaveAsync(long userId) => database.WriteAsync(
        async write =>
        {
            // Whoever registers, leaves or changes a role takes this row first.
            await database.ExecuteAsync($"update site set id = 1 where id = 1", CancellationToken.None);
            if (!await MayLeaveAsync(userId, CancellationToken.None)) return write.Abandon(false);
            await database.ExecuteAsync(
                $"update users set leaving_at = {time.UtcNow()}, is_admin = false, totp_key = null where id = {userId} and leaving_at is null", CancellationToken.None);
            foreach (var table in Keys)
                await database.ExecuteAsync($"delete from {Sql.Raw(table)} where user_id = {userId}", CancellationToken.None);
            // Where nobody is left, the next to register is the administrator.
            await database.ExecuteAsync(
                $"update site set first_user_id = null where id = 1 and not exists (select 1 from users where leaving_at is null)", CancellationToken.None);
            return true;
        },
        CancellationToken.None);

    /// <summary>Accounts that left and are not gone.</summary>
    /// <param name="before">Those that left before this instant.</param>
    public Task<List<long>> ListAsync(DateTime before, CancellationToken cancellationToken) =>
        database.ListAsync($"select id from users where leaving_at <= {before} order by id", row => row.GetInt64(0), cancellationToken);

    /// <summary>Takes a step after the other until an account that left is gone, or the time is up.</summary>
    /// <param name="atMost">Less than nothing: however long it takes.</param>
    /// <returns>Whether it is gone.</returns>
    public async Task<bool> RemoveAsync(long userId, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        while (await StepAsync(userId))
        {
            if (cancellationToken.IsCancellationRequested || (atMost >= TimeSpan.Zero && Stopwatch.GetElapsedTime(start) >= atMost)) return false;
        }
        return true;
    }

    /// <summary>Deletes some rows of an account that left, or the account itself where it has no more. It may be done by several at once.</summary>
    /// <returns>Whether something is left.</returns>
    public Task<bool> StepAsync(long userId) => database.WriteAsync(
        async write =>
        {
            var isLeaving = await database.FindAsync($"select id from users where id = {userId} and leaving_at is not null", row => row.GetInt64(0), CancellationToken.None) == userId;
            if (!isLeaving) return write.Abandon(false);
            foreach (var (table, key) in Rows)
            {
                if (await database.ExecuteAsync(database.Dialect.DeleteSome(table, key, userId, RowsAStep), CancellationToken.None) > 0) return true;
            }
            // Nobody who was in the middle of something adds an expense from here on; one that was added just before goes too.
            await database.ExecuteAsync(Bookkeeping.OpenLedger(userId), CancellationToken.None);
            await database.ExecuteAsync($"delete from expenses where user_id = {userId}", CancellationToken.None);
            await database.ExecuteAsync($"delete from categories where user_id = {userId}", CancellationToken.None);
            await database.ExecuteAsync($"delete from users where id = {userId} and leaving_at is not null", CancellationToken.None);
            return false;
        },
        CancellationToken.None);
}
