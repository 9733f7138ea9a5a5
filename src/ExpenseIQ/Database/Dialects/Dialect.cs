using System.Data.Common;

namespace ExpenseIQ.Database.Dialects;

/// <summary>All that differs between the databases.</summary>
public abstract class Dialect
{
    /// <summary>The word in the names of the migration files.</summary>
    public abstract string Name { get; }

    /// <summary>Which database this is and where, without secrets, for the log.</summary>
    public abstract string Description { get; }

    /// <summary>Whether each command is a round trip to another process.</summary>
    public abstract bool IsRemote { get; }

    /// <summary>How many rows an insert of many has. Each statement costs a round trip, or finding each parameter by its name.</summary>
    public int RowsAnInsert => IsRemote ? 200 : 8;

    /// <summary>SQL for the id that the last insert of this connection got.</summary>
    public abstract string LastInsertId { get; }

    /// <summary>SQL for the month (yyyymm, an integer) of a date column.</summary>
    public abstract string MonthOf(string column);

    /// <summary>SQL for the day (yyyymmdd, an integer) of a date column.</summary>
    public abstract string DayOf(string column);

    /// <summary>SQL for the key of a text: the first 16 bytes of its SHA-256 in UTF-8.</summary>
    public abstract string TextKeyOf(string column);

    /// <summary>SQL after the table's name that makes a query read by that index.</summary>
    public abstract string Using(string index);

    /// <summary>SQL after the rows of an insert: where the key is there already, the columns grow by what the row has.</summary>
    public abstract string OrAdd(string key, params string[] columns);

    /// <summary>Deletes some of a user's rows, whichever they are.</summary>
    /// <param name="key">The columns that name a row among the user's.</param>
    /// <param name="rows">At most so many.</param>
    public abstract Sql DeleteSome(string table, string key, long userId, int rows);

    /// <summary>Makes the database exist, empty, where it does not yet.</summary>
    /// <exception cref="DbException">The server does not answer or refuses.</exception>
    public abstract Task CreateAsync(CancellationToken cancellationToken);

    /// <summary>Opens a connection that belongs to the caller.</summary>
    public abstract Task<DbConnection> OpenAsync(CancellationToken cancellationToken);

    /// <summary>Lends a connection; it is given back by <see cref="ReturnAsync"/> or <see cref="DropAsync"/>.</summary>
    public abstract ValueTask<Session> RentAsync(CancellationToken cancellationToken);

    public abstract ValueTask ReturnAsync(Session session);

    /// <summary>Takes back a connection on which something failed.</summary>
    public abstract ValueTask DropAsync(Session session, Exception exception);

    /// <summary>Runs <paramref name="work"/> while no other instance changes the schema.</summary>
    public abstract Task WithSchemaLockAsync(DbConnection connection, Func<Task> work, CancellationToken cancellationToken);

    /// <summary>
    /// Copies the data as it is before the schema changes, where the data is a file of ours; a server's owner has backups of another kind.
    /// </summary>
    /// <param name="name">The copy's name, without its folder and extension.</param>
    public abstract Task BackUpAsync(string name, CancellationToken cancellationToken);

    /// <summary>Whether statements that change the schema commit by themselves, so that a migration can be interrupted between two.</summary>
    public abstract bool CommitsSchemaChanges { get; }

    /// <summary>Whether a statement of a migration failed because what it does is done already.</summary>
    public abstract bool IsAlreadyMade(Exception exception);

    /// <summary>Begins a transaction that writes, as soon as the database lets it; its turn has to be ended.</summary>
    /// <exception cref="DbException">The database refused or did not answer.</exception>
    public abstract ValueTask<WriteTurn> BeginAsync(CancellationToken cancellationToken);

    /// <summary>What an error says about the database itself.</summary>
    public abstract DatabaseTrouble TroubleOf(Exception exception);

    /// <summary>Whether a unique key kept the row out.</summary>
    public abstract bool IsDuplicate(Exception exception);
}
