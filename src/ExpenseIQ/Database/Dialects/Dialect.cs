using System.Data;
using System.Data.Common;
using LinqToDB;

namespace ExpenseIQ.Database.Dialects;

/// <summary>All that differs between the databases.</summary>
public abstract class Dialect
{
    /// <summary>The word in the names of the migration files.</summary>
    public abstract string Name { get; }

    /// <summary>Which database this is and where, without secrets, for the log.</summary>
    public abstract string Description { get; }

    /// <summary>How linq2db connects, quotes and converts.</summary>
    public abstract DataOptions Options { get; }

    /// <summary>The isolation of transactions that write.</summary>
    public abstract IsolationLevel WriteIsolation { get; }

    /// <summary>SQL for the month (yyyymm, an integer) of a date column.</summary>
    public abstract string MonthOf(string column);

    /// <summary>Makes the database exist, empty, where it does not yet.</summary>
    /// <exception cref="DbException">The server does not answer or refuses.</exception>
    public abstract Task CreateAsync(CancellationToken cancellationToken);

    public abstract Task<DbConnection> OpenAsync(CancellationToken cancellationToken);

    /// <summary>Runs <paramref name="work"/> while no other instance changes the schema.</summary>
    public abstract Task WithSchemaLockAsync(DbConnection connection, Func<Task> work, CancellationToken cancellationToken);

    /// <summary>Whether statements that change the schema commit by themselves, so that a migration can be interrupted between two.</summary>
    public abstract bool CommitsSchemaChanges { get; }

    /// <summary>Whether a statement failed because what it makes is there already.</summary>
    public abstract bool IsAlreadyMade(Exception exception);

    /// <summary>Waits until this process may write, where the database takes one writer at a time.</summary>
    public abstract ValueTask<IDisposable?> WaitForTurnAsync(CancellationToken cancellationToken);

    /// <summary>Whether the transaction was rolled back for a reason that goes away: it may be run again.</summary>
    public abstract bool IsTransient(Exception exception);

    /// <summary>Whether a unique key kept the row out.</summary>
    public abstract bool IsDuplicate(Exception exception);
}
