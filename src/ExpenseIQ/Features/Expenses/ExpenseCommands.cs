using ExpenseIQ.Database;
using ExpenseIQ.Database.Tables;
using ExpenseIQ.Domain;
using LinqToDB;
using LinqToDB.Async;

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

    /// <summary>The same form came before with other contents: its key can't say which of the two is meant.</summary>
    SentBefore,
}

/// <summary>
/// Changes to a user's expenses. Each keeps the totals in its own transaction; one with a submission key that acted already
/// does nothing, and answers Saved where what it asks for is what is stored.
/// </summary>
internal static class ExpenseCommands
{
    public static Task<SaveResult> AddExpenseAsync(
        this ExpenseDatabase database, long userId, ExpenseInput input, string? submission, DateTime now, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async write =>
            {
                await database.OpenLedgerAsync(userId, cancellationToken);
                if (await database.FindSubmissionAsync(userId, submission, cancellationToken) is { } earlier)
                {
                    var stored = await database.FindExpenseAsync(userId, earlier, cancellationToken);
                    return write.Abandon(input.IsStoredAs(stored) ? SaveResult.Saved : SaveResult.SentBefore);
                }
                if (!await database.HasCategoryAsync(userId, input.CategoryId, cancellationToken)) return write.Abandon(SaveResult.NoSuchCategory);

                var id = await database.InsertWithInt64IdentityAsync(NewRow(userId, input, now), token: cancellationToken);
                await database.BookAsync(userId, Month.Of(input.Date), input.CategoryId, 1, input.Amount, cancellationToken);
                await database.RecordSubmissionAsync(userId, submission, id, now, cancellationToken);
                return SaveResult.Saved;
            },
            cancellationToken);

    /// <param name="version">The version that the change was made from; null: change whatever is there.</param>
    public static Task<SaveResult> ChangeExpenseAsync(
        this ExpenseDatabase database, long userId, long id, int? version, ExpenseInput input, string? submission, DateTime now, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async write =>
            {
                await database.OpenLedgerAsync(userId, cancellationToken);
                if (await database.FindExpenseAsync(userId, id, cancellationToken) is not { } old) return write.Abandon(SaveResult.NotFound);
                if (await database.FindSubmissionAsync(userId, submission, cancellationToken) is not null)
                    return write.Abandon(input.IsStoredAs(old) ? SaveResult.Saved : SaveResult.Conflict);
                if (version is not null && version != old.Version) return write.Abandon(SaveResult.Conflict);
                if (!await database.HasCategoryAsync(userId, input.CategoryId, cancellationToken)) return write.Abandon(SaveResult.NoSuchCategory);

                await database.ExpensesOf(userId)
                    .Where(row => row.Id == id)
                    .Set(row => row.AmountMinor, input.Amount.Minor)
                    .Set(row => row.CategoryId, input.CategoryId)
                    .Set(row => row.Description, input.Description)
                    .Set(row => row.SearchText, SearchText.Fold(input.Description))
                    .Set(row => row.Date, input.Date)
                    .Set(row => row.UpdatedAt, now)
                    .Set(row => row.Version, row => row.Version + 1)
                    .UpdateAsync(cancellationToken);
                await database.RebookAsync(userId, old, input, cancellationToken);
                await database.RecordSubmissionAsync(userId, submission, id, now, cancellationToken);
                return SaveResult.Saved;
            },
            cancellationToken);

    public static Task<SaveResult> DeleteExpenseAsync(
        this ExpenseDatabase database, long userId, long id, string? submission, DateTime now, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async write =>
            {
                await database.OpenLedgerAsync(userId, cancellationToken);
                if (await database.FindSubmissionAsync(userId, submission, cancellationToken) is not null) return write.Abandon(SaveResult.Saved);
                if (await database.FindExpenseAsync(userId, id, cancellationToken) is not { } old) return write.Abandon(SaveResult.NotFound);

                await database.ExpensesOf(userId).Where(row => row.Id == id).DeleteAsync(cancellationToken);
                await database.BookAsync(userId, Month.Of(old.Date), old.CategoryId, -1, -old.Amount, cancellationToken);
                await database.RecordSubmissionAsync(userId, submission, id, now, cancellationToken);
                return SaveResult.Saved;
            },
            cancellationToken);

    public static Expense NewRow(long userId, ExpenseInput input, DateTime now) => new()
    {
        UserId = userId,
        CategoryId = input.CategoryId,
        AmountMinor = input.Amount.Minor,
        Description = input.Description,
        SearchText = SearchText.Fold(input.Description),
        Date = input.Date,
        CreatedAt = now,
        UpdatedAt = now,
        Version = 1,
    };

    private static bool IsStoredAs(this ExpenseInput input, ExpenseDetail? stored) =>
        stored is not null && input == new ExpenseInput(stored.Amount, stored.CategoryId, stored.Description, stored.Date);

    private static Task<bool> HasCategoryAsync(
        this ExpenseDatabase database, long userId, long id, CancellationToken cancellationToken) =>
        database.CategoriesOf(userId).AnyAsync(category => category.Id == id, cancellationToken);

    private static async Task RebookAsync(
        this ExpenseDatabase database, long userId, ExpenseDetail old, ExpenseInput input, CancellationToken cancellationToken)
    {
        var (oldMonth, newMonth) = (Month.Of(old.Date), Month.Of(input.Date));
        if (oldMonth == newMonth && old.CategoryId == input.CategoryId)
        {
            await database.BookAsync(userId, newMonth, input.CategoryId, 0, input.Amount - old.Amount, cancellationToken);
            return;
        }
        await database.BookAsync(userId, oldMonth, old.CategoryId, -1, -old.Amount, cancellationToken);
        await database.BookAsync(userId, newMonth, input.CategoryId, 1, input.Amount, cancellationToken);
    }
}
