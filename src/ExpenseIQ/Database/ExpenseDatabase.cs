using ExpenseIQ.Database.Dialects;
using ExpenseIQ.Database.Tables;
using LinqToDB;
using LinqToDB.Data;

namespace ExpenseIQ.Database;

/// <summary>
/// One connection to the database. A user's rows are reached through the members that take the user's id, so that a query
/// can't forget whose rows it reads; a compiled query, which can't call them, names the user's id as its first condition.
/// </summary>
public sealed class ExpenseDatabase(DataOptions options, Dialect dialect) : DataConnection(options)
{
    private const int Attempts = 6;

    public ITable<User> Users => this.GetTable<User>();

    public ITable<DataProtectionKey> DataProtectionKeys => this.GetTable<DataProtectionKey>();

    public ITable<Site> Site => this.GetTable<Site>();

    public IQueryable<Expense> ExpensesOf(long userId) => this.GetTable<Expense>().Where(row => row.UserId == userId);

    /// <summary>The user's own categories and the defaults.</summary>
    public IQueryable<Category> CategoriesOf(long userId) =>
        this.GetTable<Category>().Where(row => row.UserId == null || row.UserId == userId);

    public IQueryable<Ledger> LedgerOf(long userId) => this.GetTable<Ledger>().Where(row => row.UserId == userId);

    public IQueryable<MonthlyTotal> MonthlyTotalsOf(long userId) =>
        this.GetTable<MonthlyTotal>().Where(row => row.UserId == userId);

    public IQueryable<Submission> SubmissionsOf(long userId) =>
        this.GetTable<Submission>().Where(row => row.UserId == userId);

    /// <summary>
    /// Runs a command in one transaction and commits it, unless it was abandoned. A transaction that the database rolled back
    /// because of others (deadlock, lock wait) is run again a few times, so a command must have no effect but on the database.
    /// </summary>
    /// <exception cref="System.Data.Common.DbException">The database refused, or was still too busy at the last attempt.</exception>
    public async Task<T> WriteAsync<T>(Func<WriteTransaction, Task<T>> command, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await AttemptAsync(command, cancellationToken);
            }
            catch (Exception exception) when (attempt < Attempts && dialect.IsTransient(exception))
            {
                var longest = 10 << attempt;
                await Task.Delay(Random.Shared.Next(longest / 2, longest), cancellationToken);
            }
        }
    }

    /// <summary>Whether a unique key kept a row out.</summary>
    public bool IsDuplicate(Exception exception) => dialect.IsDuplicate(exception);

    private async Task<T> AttemptAsync<T>(Func<WriteTransaction, Task<T>> command, CancellationToken cancellationToken)
    {
        using var turn = await dialect.WaitForTurnAsync(cancellationToken);
        await using var transaction = await BeginTransactionAsync(dialect.WriteIsolation, cancellationToken);
        var write = new WriteTransaction();
        var result = await command(write);
        // Whoever hung up meanwhile: from here on it is carried out as a whole.
        if (write.IsAbandoned) await transaction.RollbackAsync(CancellationToken.None);
        else await transaction.CommitAsync(CancellationToken.None);
        return result;
    }
}
