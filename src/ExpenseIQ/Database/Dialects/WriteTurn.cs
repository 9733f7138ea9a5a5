namespace ExpenseIQ.Database.Dialects;

/// <summary>A turn to write: a connection on which a transaction is begun. It ends in one of three ways, whichever is called first.</summary>
public abstract class WriteTurn(Session session)
{
    public Session Session => session;

    /// <summary>Keeps what was written; returns once the database has it for good.</summary>
    /// <exception cref="System.Data.Common.DbException">It is not kept, or, where the server went away, perhaps.</exception>
    public abstract Task CommitAsync();

    /// <summary>Undoes what was written.</summary>
    public abstract Task RollBackAsync();

    /// <summary>Undoes what was written after something failed: in the database, on the way to it or in the command.</summary>
    public abstract Task FailAsync(Exception exception);
}
