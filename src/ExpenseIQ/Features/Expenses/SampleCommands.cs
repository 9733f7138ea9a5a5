using ExpenseIQ.Database;
using ExpenseIQ.Domain;

namespace ExpenseIQ.Features.Expenses;

/// <summary>
/// Sample expenses, for somebody who wants to see the program full before there is anything of their own. They are known by the
/// instant at which they were made, so that they can be taken out again, and what is one's own stays.
/// </summary>
internal static class SampleCommands
{
    private const int Count = 640;
    private const int Months = 13;
    private const int Seed = 11;

    /// <returns>False where the user has expenses already: nothing is mixed into them.</returns>
    public static async Task<bool> AddSamplesAsync(
        this ExpenseDatabase database, long userId, DateOnly today, DateTime now, CancellationToken cancellationToken)
    {
        var categories = await database.ListCategoriesAsync(userId, cancellationToken);
        var samples = ExampleExpenses.Inputs(new ExampleExpenses(Seed, Months).Generate(Count, today), categories);
        return await database.WriteAsync(
            async write =>
            {
                var isEmpty = await database.ExecuteAsync(
                    $"update ledgers set version = version + 1, samples_at = {now} where user_id = {userId} and expense_count = 0", cancellationToken) == 1;
                // Empty no more, but by this very command, whose commit nobody heard.
                if (!isEmpty) return write.Abandon(await database.FindAsync($"select samples_at = {now} from ledgers where user_id = {userId}", row => !row.IsDBNull(0) && row.GetBoolean(0), cancellationToken));
                await database.BookAsync(userId, samples, now, cancellationToken);
                return true;
            },
            cancellationToken);
    }

    public static Task<bool> RemoveSamplesAsync(this ExpenseDatabase database, long userId, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async _ =>
            {
                await database.ExecuteAsync(Bookkeeping.OpenLedger(userId), cancellationToken);
                Sql samples = $"created_at = (select samples_at from ledgers where user_id = {userId})";
                var rows = await database.ListAsync(
                    $"select date, category_id, amount_minor, description from expenses where user_id = {userId} and {samples}",
                    row => new Entry(row.GetDate(0), row.GetInt64(1), new Money(row.GetInt64(2)), SearchText.Fold(row.GetString(3))),
                    cancellationToken);
                var booking = new Booking(userId);
                foreach (var row in rows) booking.Remove(row);
                await database.ExecuteAllAsync(
                    [$"delete from expenses where user_id = {userId} and {samples}", $"update ledgers set samples_at = null where user_id = {userId}", .. booking.Statements(database)],
                    cancellationToken);
                return true;
            },
            cancellationToken);
}
