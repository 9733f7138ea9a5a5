using ExpenseIQ.Domain;

namespace ExpenseIQ.Database;

/// <summary>
/// Work that is due now and then and is done once, however many instances there are: a row says when it was last done, and whoever moves
/// that on does the work in the same transaction. Where that fails, it stays due.
/// </summary>
internal static class Schedule
{
    /// <param name="name">A row of the table schedule.</param>
    /// <param name="every">How long the work that was done is good for.</param>
    /// <returns>Whether it was due and is done now.</returns>
    public static Task<bool> RunIfDueAsync(
        this ExpenseDatabase database, string name, TimeSpan every, DateTime now, Func<Task> work, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async write =>
            {
                var isDue = await database.ExecuteAsync(
                    $"update schedule set done_at = {now} where name = {name} and done_at <= {now - every}", cancellationToken) == 1;
                if (!isDue) return write.Abandon(false);
                await work();
                return true;
            },
            cancellationToken);
}
