using ExpenseIQ.Database.Tables;
using ExpenseIQ.Domain;
using LinqToDB;
using LinqToDB.Async;

namespace ExpenseIQ.Database;

/// <summary>
/// Keeps a user's ledger and monthly totals equal to the sums of the expenses. A command opens the ledger first, which holds
/// back the user's other writers, and books each change of a row in the same transaction.
/// </summary>
internal static class Bookkeeping
{
    /// <summary>Locks the user's books and counts their version on.</summary>
    public static Task<int> OpenLedgerAsync(this ExpenseDatabase database, long userId, CancellationToken cancellationToken) =>
        database.LedgerOf(userId).Set(row => row.Version, row => row.Version + 1).UpdateAsync(cancellationToken);

    /// <summary>Books expenses of one month and category into the totals, or out of them.</summary>
    /// <param name="count">How many more expenses there are; negative: fewer.</param>
    /// <param name="amount">By how much their sum grew; negative: shrank.</param>
    public static async Task BookAsync(
        this ExpenseDatabase database, long userId, Month month, long categoryId, long count, Money amount, CancellationToken cancellationToken)
    {
        if (count == 0 && amount == Money.Zero) return;
        await database.LedgerOf(userId)
            .Set(row => row.ExpenseCount, row => row.ExpenseCount + count)
            .Set(row => row.TotalMinor, row => row.TotalMinor + amount.Minor)
            .UpdateAsync(cancellationToken);

        var totals = database.MonthlyTotalsOf(userId).Where(row => row.Month == month.Number && row.CategoryId == categoryId);
        var updated = await totals
            .Set(row => row.ExpenseCount, row => row.ExpenseCount + count)
            .Set(row => row.TotalMinor, row => row.TotalMinor + amount.Minor)
            .UpdateAsync(cancellationToken);
        if (updated == 0)
        {
            await database.InsertAsync(
                new MonthlyTotal
                {
                    UserId = userId,
                    Month = month.Number,
                    CategoryId = categoryId,
                    ExpenseCount = count,
                    TotalMinor = amount.Minor,
                },
                token: cancellationToken);
        }
        else if (count < 0)
        {
            await totals.Where(row => row.ExpenseCount == 0).DeleteAsync(cancellationToken);
        }
    }

    /// <summary>The expense that the same form acted on before, or null where the form is new or came without a key.</summary>
    public static async Task<long?> FindSubmissionAsync(
        this ExpenseDatabase database, long userId, string? key, CancellationToken cancellationToken)
    {
        if (key is null) return null;
        var found = await database.SubmissionsOf(userId).Where(row => row.Key == key).Select(row => row.ExpenseId).ToListAsync(cancellationToken);
        return found is [var id] ? id : null;
    }

    public static async Task RecordSubmissionAsync(
        this ExpenseDatabase database, long userId, string? key, long expenseId, DateTime now, CancellationToken cancellationToken)
    {
        if (key is null) return;
        await database.InsertAsync(
            new Submission { UserId = userId, Key = key, ExpenseId = expenseId, CreatedAt = now }, token: cancellationToken);
    }
}
