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
/// asked, one that changes and books. A submission key that acted already answers Saved and does nothing.
/// </summary>
internal static class ExpenseCommands
{
    /// <param name="submission">The key of the form, 36 characters.</param>
    public static Task<SaveResult> AddExpenseAsync(
        this ExpenseDatabase database, long userId, ExpenseInput input, string submission, DateTime now, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async write =>
            {
                var found = await database.OpenAsync(userId, submission, id: null, input.CategoryId, cancellationToken);
                if (found.ActedAlready) return write.Abandon(SaveResult.Saved);
                if (!found.HasCategory) return write.Abandon(SaveResult.NoSuchCategory);

                var booking = new Booking(userId);
                booking.Add(EntryOf(input));
                var id = Sql.Raw(database.Dialect.LastInsertId);
                var record = Submissions.Record(userId, submission, ChangeKind.Added, id, version: 1, before: null, now);
                await database.ExecuteAllAsync([Insert([Row(userId, input, now)]), record, .. booking.Statements(database)], cancellationToken);
                return SaveResult.Saved;
            },
            cancellationToken);

    /// <param name="version">The version that the change was made from; null: change whatever is there.</param>
    /// <param name="submission">The key of the form, 36 characters.</param>
    public static Task<SaveResult> ChangeExpenseAsync(
        this ExpenseDatabase database, long userId, long id, int? version, ExpenseInput input, string submission, DateTime now, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async write =>
            {
                var found = await database.OpenAsync(userId, submission, id, input.CategoryId, cancellationToken);
                if (found.ActedAlready) return write.Abandon(SaveResult.Saved);
                if (found.Expense is not { } old) return write.Abandon(SaveResult.NotFound);
                if (version is not null && version != old.Version) return write.Abandon(SaveResult.Conflict);
                if (!found.HasCategory) return write.Abandon(SaveResult.NoSuchCategory);

                await database.ExecuteAllAsync(Replace(database, userId, old, input, submission, ChangeKind.Changed, now), cancellationToken);
                return SaveResult.Saved;
            },
            cancellationToken);

    /// <param name="submission">The key of the form, 36 characters.</param>
    public static Task<SaveResult> DeleteExpenseAsync(
        this ExpenseDatabase database, long userId, long id, string submission, DateTime now, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async write =>
            {
                var found = await database.OpenAsync(userId, submission, id, categoryId: null, cancellationToken);
                if (found.ActedAlready) return write.Abandon(SaveResult.Saved);
                if (found.Expense is not { } old) return write.Abandon(SaveResult.NotFound);

                await database.ExecuteAllAsync(Remove(database, userId, old, submission, ChangeKind.Deleted, now), cancellationToken);
                return SaveResult.Saved;
            },
            cancellationToken);

    /// <summary>
    /// Undoes what a form did, as long as the expense is as that form left it (else Conflict). It is a change like any other, so it can
    /// be undone in turn.
    /// </summary>
    /// <param name="key">The key of the form whose change is undone; NotFound where it did nothing, or long ago.</param>
    /// <param name="submission">The key of the form that undoes, 36 characters.</param>
    public static async Task<SaveResult> UndoAsync(
        this ExpenseDatabase database, long userId, string key, string submission, DateTime now, CancellationToken cancellationToken)
    {
        // What a form did never changes; and within the transaction the ledger has to come first.
        var change = await database.FindAsync(Submissions.Find(userId, key), Submissions.Read, cancellationToken);
        if (change is null || change.Kind == ChangeKind.None) return SaveResult.NotFound;
        return await database.WriteAsync(
            async write =>
            {
                var found = await database.OpenAsync(userId, submission, change.ExpenseId, change.Before?.CategoryId, cancellationToken);
                if (found.ActedAlready) return write.Abandon(SaveResult.Saved);
                if (!change.CanBeUndone(found.Expense)) return write.Abandon(SaveResult.Conflict);
                if (change.Before is not null && !found.HasCategory) return write.Abandon(SaveResult.NoSuchCategory);

                var statements = (found.Expense, change.Before) switch
                {
                    ({ } added, null) => Remove(database, userId, added, submission, ChangeKind.Withdrawn, now),
                    ({ } changed, { } before) => Replace(database, userId, changed, InputOf(before), submission, ChangeKind.Reverted, now),
                    (null, { } gone) => Restore(database, userId, gone, submission, now),
                    _ => throw new InvalidOperationException($"Nothing to undo in {change.Kind}."),
                };
                await database.ExecuteAllAsync(statements, cancellationToken);
                return SaveResult.Saved;
            },
            cancellationToken);
    }

    /// <summary>Adds many expenses, in categories that the user has, in one transaction.</summary>
    public static Task<int> AddExpensesAsync(
        this ExpenseDatabase database, long userId, IReadOnlyCollection<ExpenseInput> inputs, DateTime now, CancellationToken cancellationToken) =>
        database.WriteOnceAsync(
            async _ =>
            {
                await database.ExecuteAsync(Bookkeeping.OpenLedger(userId), cancellationToken);
                await database.BookAsync(userId, inputs, now, cancellationToken);
                return inputs.Count;
            },
            cancellationToken);

    /// <summary>Adds many expenses within a transaction that has opened the ledger.</summary>
    public static async Task BookAsync(
        this ExpenseDatabase database, long userId, IReadOnlyCollection<ExpenseInput> inputs, DateTime now, CancellationToken cancellationToken)
    {
        var booking = new Booking(userId);
        foreach (var input in inputs) booking.Add(EntryOf(input));
        foreach (var rows in inputs.Chunk(database.Dialect.RowsAnInsert))
            await database.ExecuteAsync(Insert(rows.Select(input => Row(userId, input, now))), cancellationToken);
        await database.ExecuteAllAsync(booking.Statements(database), cancellationToken);
    }

    /// <summary>Opens the user's ledger and asks what a change has to know, in one round trip.</summary>
    private static Task<Found> OpenAsync(
        this ExpenseDatabase database, long userId, string submission, long? id, long? categoryId, CancellationToken cancellationToken) =>
        database.ReadAsync(
            $"""
            {Bookkeeping.OpenLedger(userId)};
            {Submissions.Find(userId, submission)};
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

    private static IReadOnlyList<Sql> Replace(
        ExpenseDatabase database, long userId, ExpenseDetail old, ExpenseInput input, string submission, ChangeKind kind, DateTime now)
    {
        var booking = new Booking(userId);
        booking.Remove(EntryOf(InputOf(old)));
        booking.Add(EntryOf(input));
        Sql update = $"""
            update expenses set amount_minor = {input.Amount.Minor}, category_id = {input.CategoryId}, description = {input.Description},
              text_key = {TextKeyOf(input)}, date = {input.Date}, updated_at = {now}, version = version + 1
            where user_id = {userId} and id = {old.Id}
            """;
        return [update, Submissions.Record(userId, submission, kind, $"{old.Id}", old.Version + 1, old, now), .. booking.Statements(database)];
    }

    private static IReadOnlyList<Sql> Remove(
        ExpenseDatabase database, long userId, ExpenseDetail old, string submission, ChangeKind kind, DateTime now)
    {
        var booking = new Booking(userId);
        booking.Remove(EntryOf(InputOf(old)));
        Sql delete = $"delete from expenses where user_id = {userId} and id = {old.Id}";
        return [delete, Submissions.Record(userId, submission, kind, $"{old.Id}", old.Version, old, now), .. booking.Statements(database)];
    }

    /// <summary>The expense again, under the id that it had.</summary>
    private static IReadOnlyList<Sql> Restore(ExpenseDatabase database, long userId, ExpenseDetail gone, string submission, DateTime now)
    {
        var (input, version) = (InputOf(gone), gone.Version + 1);
        var booking = new Booking(userId);
        booking.Add(EntryOf(input));
        Sql insert = $"""
            insert into expenses (id, user_id, category_id, amount_minor, description, text_key, date, created_at, updated_at, version)
            values ({gone.Id}, {userId}, {input.CategoryId}, {input.Amount.Minor}, {input.Description}, {TextKeyOf(input)}, {input.Date}, {gone.CreatedAt}, {now}, {version})
            """;
        return [insert, Submissions.Record(userId, submission, ChangeKind.Restored, $"{gone.Id}", version, before: null, now), .. booking.Statements(database)];
    }

    private static Sql Insert(IEnumerable<Sql> rows) =>
        $"insert into expenses (user_id, category_id, amount_minor, description, text_key, date, created_at, updated_at, version) values {Sql.Join(", ", rows)}";

    private static Sql Row(long userId, ExpenseInput input, DateTime now) =>
        $"({userId}, {input.CategoryId}, {input.Amount.Minor}, {input.Description}, {TextKeyOf(input)}, {input.Date}, {now}, {now}, 1)";

    private static byte[] TextKeyOf(ExpenseInput input) => SearchText.KeyOf(SearchText.Fold(input.Description));

    private static ExpenseInput InputOf(ExpenseDetail expense) => new(expense.Amount, expense.CategoryId, expense.Description, expense.Date);

    private static Entry EntryOf(ExpenseInput input) => new(input.Date, input.CategoryId, input.Amount, SearchText.Fold(input.Description));

    private sealed record Found(bool ActedAlready, ExpenseDetail? Expense, bool HasCategory);
}
