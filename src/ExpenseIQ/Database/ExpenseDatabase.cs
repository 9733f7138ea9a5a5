using System.Data.Common;
using System.Runtime.CompilerServices;
using ExpenseIQ.Database.Dialects;

namespace ExpenseIQ.Database;

/// <summary>
/// The database, for one request. Statements are SQL that both databases understand; what differs comes from
/// <see cref="Dialect"/>. Each statement over a user's rows names the user's id; a test sees to it.
/// </summary>
public sealed class ExpenseDatabase(Dialect dialect)
{
    private const int Attempts = 6;
    private const int MostValuesTogether = 500;

    /// <summary>The connection of the transaction that runs.</summary>
    private Session? writing;

    /// <summary>All that differs between the databases.</summary>
    public Dialect Dialect => dialect;

    /// <summary>How long a statement may take, in seconds; null: as long as the connection's settings say.</summary>
    public int? CommandTimeout { get; set; }

    /// <summary>All rows.</summary>
    /// <exception cref="DbException">The database refused or did not answer.</exception>
    public Task<List<T>> ListAsync<T>(Sql sql, Func<DbDataReader, T> read, CancellationToken cancellationToken) =>
        ReadAsync(sql, reader => reader.ListAsync(read, cancellationToken), cancellationToken);

    /// <summary>The first row, or the default value where there is none.</summary>
    /// <exception cref="DbException">The database refused or did not answer.</exception>
    public Task<T?> FindAsync<T>(Sql sql, Func<DbDataReader, T> read, CancellationToken cancellationToken) =>
        ReadAsync(
            sql,
            async reader => await reader.ReadAsync(cancellationToken) ? read(reader) : default,
            cancellationToken);

    /// <summary>Several statements in one round trip; <paramref name="read"/> goes from one result to the next.</summary>
    /// <exception cref="DbException">The database refused or did not answer.</exception>
    public async Task<T> ReadAsync<T>(Sql sql, Func<DbDataReader, Task<T>> read, CancellationToken cancellationToken)
    {
        var session = writing ?? await dialect.RentAsync(cancellationToken);
        try
        {
            T result;
            await using (var reader = await Prepare(session, sql).ExecuteReaderAsync(Interruption(session, cancellationToken)))
            {
                await reader.SkipToRowsAsync(Interruption(session, cancellationToken));
                result = await read(reader);
            }
            await ReturnAsync(session);
            return result;
        }
        catch (Exception exception)
        {
            await DropAsync(session, exception);
            throw;
        }
    }

    /// <summary>Row by row as the database sends them.</summary>
    /// <exception cref="DbException">The database refused or did not answer.</exception>
    public async IAsyncEnumerable<T> StreamAsync<T>(
        Sql sql, Func<DbDataReader, T> read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var session = writing ?? await dialect.RentAsync(cancellationToken);
        try
        {
            await using var reader = await Prepare(session, sql).ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken)) yield return read(reader);
        }
        finally
        {
            await ReturnAsync(session);
        }
    }

    /// <summary>Runs statements that answer nothing.</summary>
    /// <returns>How many rows they changed.</returns>
    /// <exception cref="DbException">The database refused or did not answer.</exception>
    public async Task<int> ExecuteAsync(Sql sql, CancellationToken cancellationToken)
    {
        if (sql.IsEmpty) return 0;
        var session = writing ?? await dialect.RentAsync(cancellationToken);
        try
        {
            var changed = await Prepare(session, sql).ExecuteNonQueryAsync(Interruption(session, cancellationToken));
            await ReturnAsync(session);
            return changed;
        }
        catch (Exception exception)
        {
            await DropAsync(session, exception);
            throw;
        }
    }

    /// <summary>Runs statements that answer nothing one after the other, in one round trip where the database is far and they are few.</summary>
    /// <exception cref="DbException">The database refused or did not answer.</exception>
    public async Task ExecuteAllAsync(IReadOnlyCollection<Sql> statements, CancellationToken cancellationToken)
    {
        if (dialect.IsRemote && statements.Sum(sql => sql.Values.Count) <= MostValuesTogether)
        {
            await ExecuteAsync(Sql.Join("; ", statements), cancellationToken);
            return;
        }
        foreach (var sql in statements) await ExecuteAsync(sql, cancellationToken);
    }

    /// <summary>Inserts one row and returns the id that it got.</summary>
    /// <exception cref="DbException">The database refused or did not answer.</exception>
    public Task<long> InsertAsync(Sql sql, CancellationToken cancellationToken) =>
        ReadAsync(
            $"{sql}; select {Sql.Raw(dialect.LastInsertId)}",
            async reader =>
            {
                await reader.ReadAsync(CancellationToken.None);
                return reader.GetInt64(0);
            },
            cancellationToken);

    /// <summary>
    /// Runs a command in one transaction and commits it, unless it was abandoned. A transaction that the database rolled back
    /// because of others (deadlock, lock wait) is run again a few times, so a command must have no effect but on the database.
    /// </summary>
    /// <exception cref="DbException">The database refused, or was still too busy at the last attempt.</exception>
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
        var session = await dialect.RentAsync(cancellationToken);
        try
        {
            await ExecuteAsync(session, dialect.Begin, CancellationToken.None);
            writing = session;
            var write = new WriteTransaction();
            var result = await command(write);
            // Whoever hung up meanwhile: from here on it is carried out as a whole.
            await ExecuteAsync(session, write.IsAbandoned ? "rollback" : "commit", CancellationToken.None);
            writing = null;
            await ReturnAsync(session);
            return result;
        }
        catch (Exception exception)
        {
            writing = null;
            await RollBackAsync(session);
            await DropAsync(session, exception);
            throw;
        }
    }

    /// <summary>Ends the transaction where the connection can still do so; where it can't, the database does when it is closed.</summary>
    private static async Task RollBackAsync(Session session)
    {
        try
        {
            await ExecuteAsync(session, "rollback", CancellationToken.None);
        }
        catch (Exception exception) when (exception is DbException or InvalidOperationException)
        {
            // There was no transaction, or the connection is lost: what failed before is what counts. The dialect drops the session.
        }
    }

    private static async Task ExecuteAsync(Session session, string text, CancellationToken cancellationToken) =>
        await session.Prepare(Sql.Raw(text)).ExecuteNonQueryAsync(cancellationToken);

    /// <summary>
    /// A statement of a transaction is not interrupted when somebody hangs up: a server that is told to stop a statement may stop the
    /// next one, and that would be the rollback.
    /// </summary>
    private CancellationToken Interruption(Session session, CancellationToken cancellationToken) =>
        session == writing ? CancellationToken.None : cancellationToken;

    private DbCommand Prepare(Session session, Sql sql)
    {
        var command = session.Prepare(sql);
        if (CommandTimeout is { } seconds) command.CommandTimeout = seconds;
        return command;
    }

    private ValueTask ReturnAsync(Session session) => session == writing ? default : dialect.ReturnAsync(session);

    /// <summary>A connection on which something failed is not used again; the transaction's own is dropped by its end.</summary>
    private ValueTask DropAsync(Session session, Exception exception) => session == writing ? default : dialect.DropAsync(session, exception);
}
