using System.Data.Common;
using ExpenseIQ.Database;
using ExpenseIQ.Domain;

namespace ExpenseIQ.Features.Expenses;

/// <summary>What became of a change.</summary>
public enum SaveResult
{
    Saved,

    /// <summary>The user has no such expense.</summary>
    NotFound,

    /// <summary>Somebody changed it after the form was opened.</summary>
    Conflict,

    /// <summary>The user has no such category.</summary>
    NoSuchCategory,
}

/// <summary>
/// Changes to a user's expenses. Each is one transaction of two round trips, one that opens the ledger and asks all that has to be
/// asked, one that changes and books; one with a submission key that acted already answers Saved and does nothing.
/// </summary>
internal static class ExpenseCommands
{
    public static Task<SaveResult> AddExpenseAsync(
        this ExpenseDatabase database, long userId, ExpenseInput input, string? submission, DateTime now, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async write =>
            {
                var found = await database.OpenAsync(userId, submission, id: null, input.CategoryId, cancellationToken);
                if (found.ActedAlready) return write.Abandon(SaveResult.Saved);
                if (!found.HasCategory) return write.Abandon(SaveResult.NoSuchCategory);

                var booking = new Booking(userId);
                booking.Add(EntryOf(input));
                var record = Bookkeeping.RecordSubmission(userId, submission, Sql.Raw(database.Dialect.LastInsertId), now);
                await database.ExecuteAllAsync([Insert([Row(userId, input, now)]), record, .. booking.Statements(database)], cancellationToken);
                return SaveResult.Saved;
            },
            cancellationToken);

    /// <param name="version">The version that the change was made from; null: change whatever is there.</param>
    public static Task<SaveResult> ChangeExpenseAsync(
        this ExpenseDatabase database, long userId, long id, int? version, ExpenseInput input, string? submission, DateTime now, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async write =>
            {
                var found = await database.OpenAsync(userId, submission, id, input.CategoryId, cancellationToken);
                if (found.ActedAlready) return write.Abandon(SaveResult.Saved);
                if (found.Expense is not { } old) return write.Abandon(SaveResult.NotFound);
                if (version is not null && version != old.Version) return write.Abandon(SaveResult.Conflict);
                if (!found.HasCategory) return write.Abandon(SaveResult.NoSuchCategory);

                var booking = new Booking(userId);
                booking.Remove(EntryOf(old));
                booking.Add(EntryOf(input));
                Sql update = $"""
                    update expenses set amount_minor = {input.Amount.Minor}, category_id = {input.CategoryId}, description = {input.Description},
                      text_key = {SearchText.KeyOf(SearchText.Fold(input.Description))}, date = {input.Date}, updated_at = {now}, version = version + 1
                    where user_id = {userId} and id = {id}
                    """;
                var record = Bookkeeping.RecordSubmission(userId, submission, $"{id}", now);
                await database.ExecuteAllAsync([update, record, .. booking.Statements(database)], cancellationToken);
                return SaveResult.Saved;
            },
            cancellationToken);

    public static Task<SaveResult> DeleteExpenseAsync(
        this ExpenseDatabase database, long userId, long id, string? submission, DateTime now, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async write =>
            {
                var found = await database.OpenAsync(userId, submission, id, categoryId: null, cancellationToken);
                if (found.ActedAlready) return write.Abandon(SaveResult.Saved);
                if (found.Expense is not { } old) return write.Abandon(SaveResult.NotFound);

                var booking = new Booking(userId);
                booking.Remove(EntryOf(old));
                Sql delete = $"delete from expenses where user_id = {userId} and id = {id}";
                var record = Bookkeeping.RecordSubmission(userId, submission, $"{id}", now);
                await database.ExecuteAllAsync([delete, record, .. booking.Statements(database)], cancellationToken);
                return SaveResult.Saved;
            },
            cancellationToken);

    /// <summary>Adds many expenses, in categories that the user has, in one transaction.</summary>
    public static Task<int> AddExpensesAsync(
        this ExpenseDatabase database, long userId, IReadOnlyCollection<ExpenseInput> inputs, DateTime now, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async _ =>
            {
                await database.ExecuteAsync(Bookkeeping.OpenLedger(userId), cancellationToken);
                var booking = new Booking(userId);
                foreach (var input in inputs) booking.Add(EntryOf(input));
                foreach (var rows in inputs.Chunk(database.Dialect.RowsAnInsert))
                    await database.ExecuteAsync(Insert(rows.Select(input => Row(userId, input, now))), cancellationToken);
                await database.ExecuteAllAsync(booking.Statements(database), cancellationToken);
                return inputs.Count;
            },
            cancellationToken);

    /// <summary>Opens the user's ledger and asks what a change has to know, in one round trip.</summary>
    private static Task<Found> OpenAsync(
        this ExpenseDatabase database, long userId, string? submission, long? id, long? categoryId, CancellationToken cancellationToken) =>
        database.ReadAsync(
            $"""
            {Bookkeeping.OpenLedger(userId)};
            {Bookkeeping.FindSubmission(userId, submission)};
            {ExpenseQueries.SelectExpense(userId, id ?? 0)};
            {ExpenseQueries.SelectCategories(userId)} and id = {categoryId ?? 0}
            """,
            async reader =>
            {
                // Not interrupted: this is within the transaction.
                var actedAlready = await reader.ReadAsync(CancellationToken.None);
                var expense = await reader.NextListAsync(ExpenseQueries.ReadExpense, CancellationToken.None);
                return new Found(actedAlready, expense is [var old] ? old : null, await reader.NextHasRowAsync(CancellationToken.None));
            },
            cancellationToken);

    private static Sql Insert(IEnumerable<Sql> rows) =>
        $"insert into expenses (user_id, category_id, amount_minor, description, text_key, date, created_at, updated_at, version) values {Sql.Join(", ", rows)}";

    private static Sql Row(long userId, ExpenseInput input, DateTime now) =>
        $"({userId}, {input.CategoryId}, {input.Amount.Minor}, {input.Description}, {SearchText.KeyOf(SearchText.Fold(input.Description))}, {input.Date}, {now}, {now}, 1)";

    private static Entry EntryOf(ExpenseInput input) => new(input.Date, input.CategoryId, input.Amount, SearchText.Fold(input.Description));

    private static Entry EntryOf(ExpenseDetail expense) => new(expense.Date, expense.CategoryId, expense.Amount, SearchText.Fold(expense.Description));

    private sealed record Found(bool ActedAlready, ExpenseDetail? Expense, bool HasCategory);
}
