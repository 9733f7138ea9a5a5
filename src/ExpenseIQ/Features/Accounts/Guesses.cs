using ExpenseIQ.Database;
using ExpenseIQ.Domain;

namespace ExpenseIQ.Features.Accounts;

/// <summary>
/// Counts guesses in the database, so that all instances know of them. Each counts as wrong before it is looked at, under a lock of its
/// row: of guesses that are made at once none is overlooked. A right one is taken off again.
/// </summary>
internal sealed class Guesses(ExpenseDatabase database, TimeProvider time)
{
    /// <summary>Counts a guess against all limits, or against none where one of them has to wait.</summary>
    /// <returns>How long the next guess has to wait; zero: this one may be made.</returns>
    public Task<TimeSpan> TryAsync(IReadOnlyCollection<GuessLimit> limits)
    {
        var now = time.UtcNow();
        var ordered = limits.DistinctBy(limit => limit.Key).OrderBy(limit => Convert.ToHexString(limit.Bucket), StringComparer.Ordinal).ToList();
        return database.WriteAsync(
            async write =>
            {
                // In one order, so that guesses that share limits wait for each other and never in a circle.
                var values = Sql.Join(", ", ordered.Select(limit => Row(limit, now)));
                await database.ExecuteAsync($"insert into guesses (bucket, failures, at, free_at) values {values} {Sql.Raw(database.Dialect.OrAdd("bucket", "failures"))}", CancellationToken.None);
                var found = await database.ListAsync(
                    $"select bucket, failures, at, free_at from guesses where bucket in ({ordered.Select(limit => limit.Bucket)})",
                    row => (Bucket: row.GetFieldValue<byte[]>(0), Failures: row.GetInt64(1) - 1, At: row.GetDateTime(2), FreeAt: row.GetDateTime(3)),
                    CancellationToken.None);
                var rows = ordered.Select(limit => (Limit: limit, Row: found.Single(row => row.Bucket.AsSpan().SequenceEqual(limit.Bucket)))).ToList();

                var wait = rows.Max(pair => WaitOf(pair.Limit, pair.Row.Failures, pair.Row.FreeAt - now));
                if (wait > TimeSpan.Zero) return write.Abandon(wait);
                foreach (var (limit, row) in rows)
                {
                    var forgotten = now > row.At ? (now - row.At).Ticks / limit.Forgets.Ticks : 0;
                    var failures = Math.Min(Math.Max(row.Failures - forgotten, 0) + 1, limit.Most);
                    var freeAt = now + limit.WaitAfter(failures);
                    // What is left of a span that has begun goes on counting.
                    var at = failures == 1 || row.At > now ? now : row.At + TimeSpan.FromTicks(forgotten * limit.Forgets.Ticks);
                    await database.ExecuteAsync($"update guesses set failures = {failures}, at = {at}, free_at = {freeAt} where bucket = {limit.Bucket}", CancellationToken.None);
                }
                return TimeSpan.Zero;
            },
            CancellationToken.None);
    }

    /// <summary>A guess was right: it does not count against anything, and what was counted against <paramref name="own"/> is forgotten.</summary>
    public Task ForgiveAsync(GuessLimit own, IReadOnlyCollection<GuessLimit> others) => database.WriteAsync(
        async _ =>
        {
            await database.ExecuteAsync($"delete from guesses where bucket = {own.Bucket}", CancellationToken.None);
            var shared = others.Where(limit => limit != own).Select(limit => limit.Bucket).ToList();
            return shared.Count == 0
                ? 0
                : await database.ExecuteAsync($"update guesses set failures = failures - 1 where bucket in ({shared}) and failures > 0", CancellationToken.None);
        },
        CancellationToken.None);

    /// <summary>
    /// No clock of another instance that is ahead of this one makes anybody wait longer than the guesses themselves do: not at all where
    /// they are few. One that is far ahead is wrong, and counts for nothing.
    /// </summary>
    private static TimeSpan WaitOf(GuessLimit limit, long failures, TimeSpan wait)
    {
        if (wait > limit.Longest) return TimeSpan.Zero;
        var most = limit.WaitAfter(failures);
        return wait < most ? wait : most;
    }

    private static Sql Row(GuessLimit limit, DateTime now) => $"({limit.Bucket}, {1}, {now}, {now})";
}
