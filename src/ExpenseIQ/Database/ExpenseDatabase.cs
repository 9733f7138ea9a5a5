using System.Data.Common;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using ExpenseIQ.Database.Dialects;

namespace ExpenseIQ.Database;

/// <summary>
/// The database, for one request. Statements are SQL that both databases understand; what differs comes from
/// <see cref="Dialect"/>. Each statement over a user's rows names the user's id; a test sees to it.
/// </summary>
public sealed class ExpenseDatabase(Dialect dialect, Outage outage)
{
    /// <summary>How often what was in others' way is begun.</summary>
    private const int Attempts = 8;
    private const int ShortestPause = 20; // milliseconds
    private const int LongestPause = 1000;
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
    /// <exception cref="DbException">The database refused.</exception>
    /// <exception cref="DatabaseUnavailableException">The database did not answer, however often it was asked.</exception>
    public Task<T> ReadAsync<T>(Sql sql, Func<DbDataReader, Task<T>> read, CancellationToken cancellationToken) =>
        PersistAsync(() => AskAsync(sql, read, cancellationToken), cancellationToken);

    /// <summary>Row by row as the database sends them.</summary>
    /// <exception cref="DbException">The database refused or did not answer.</exception>
    public async IAsyncEnumerable<T> StreamAsync<T>(
        Sql sql, Func<DbDataReader, T> read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (session, reader) = await PersistAsync(() => OpenAsync(sql, cancellationToken), cancellationToken);
        try
        {
            await using (reader)
            {
                while (await reader.ReadAsync(cancellationToken)) yield return read(reader);
            }
        }
        finally
        {
            await ReturnAsync(session);
        }
    }

    /// <summary>Asks once, without patience, whether the database answers.</summary>
    /// <exception cref="DbException">It answers, and refuses.</exception>
    public async Task<bool> PingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await AskAsync($"select id from site where id = 1", reader => reader.ReadAsync(cancellationToken), cancellationToken);
            outage.End();
            return true;
        }
        catch (Exception exception) when (dialect.TroubleOf(exception) is DatabaseTrouble.Away)
        {
            outage.Begin();
            return false;
        }
    }

    /// <summary>Runs statements that answer nothing, within a transaction.</summary>
    /// <returns>How many rows they changed.</returns>
    /// <exception cref="DbException">The database refused or did not answer.</exception>
    public async Task<int> ExecuteAsync(Sql sql, CancellationToken cancellationToken)
    {
        if (sql.IsEmpty) return 0;
        var session = writing ?? throw NotWriting();
        return await Prepare(session, sql).ExecuteNonQueryAsync(CancellationToken.None);
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

    /// <summary>Inserts one row within a transaction and returns the id that it got.</summary>
    /// <exception cref="DbException">The database refused or did not answer.</exception>
    public Task<long> InsertAsync(Sql sql, CancellationToken cancellationToken) =>
        writing is null ? throw NotWriting() : ReadAsync(
            $"{sql}; select {Sql.Raw(dialect.LastInsertId)}",
            async reader =>
            {
                await reader.ReadAsync(CancellationToken.None);
                return reader.GetInt64(0);
            },
            cancellationToken);

    /// <summary>
    /// Runs a command in one transaction and commits it, unless it was abandoned. It is run again after a transaction that the database
    /// rolled back because of others (deadlock, lock wait), and where the server went away, if only for its answer to the commit: a
    /// command must have no effect but on the database, and see by what is there whether it acted already (a form by its key).
    /// </summary>
    /// <exception cref="DbException">The database refused.</exception>
    /// <exception cref="DatabaseUnavailableException">The database was away or busy at the last attempt.</exception>
    public Task<T> WriteAsync<T>(Func<WriteTransaction, Task<T>> command, CancellationToken cancellationToken) =>
        WriteAsync(command, new WriteProgress(), cancellationToken);

    /// <summary>The same for a command that can't see whether it acted already: not run again once its commit was begun.</summary>
    /// <exception cref="DbException">The database refused.</exception>
    /// <exception cref="DatabaseUnavailableException">The database was away or busy, or it is not known whether it committed.</exception>
    public Task<T> WriteOnceAsync<T>(Func<WriteTransaction, Task<T>> command, CancellationToken cancellationToken) =>
        WriteAsync(command, new WriteProgress { MustNotRepeat = true }, cancellationToken);

    /// <summary>Whether a unique key kept a row out.</summary>
    public bool IsDuplicate(Exception exception) => dialect.IsDuplicate(exception);

    private Task<T> WriteAsync<T>(Func<WriteTransaction, Task<T>> command, WriteProgress progress, CancellationToken cancellationToken) =>
        PersistAsync(() => AttemptAsync(command, progress, cancellationToken), cancellationToken, progress);

    /// <summary>
    /// Attempts until one succeeds or what keeps it from that does not go away. Others in the way: a few times. A database that went
    /// away: as long as <see cref="Outage"/> thinks that it is worth it.
    /// </summary>
    private async Task<T> PersistAsync<T>(Func<Task<T>> attempt, CancellationToken cancellationToken, WriteProgress? progress = null)
    {
        if (writing is not null) return await attempt(); // the transaction as a whole is run again
        var start = Stopwatch.GetTimestamp();
        for (var number = 1; ; number++)
        {
            try
            {
                var result = await attempt();
                outage.End();
                return result;
            }
            catch (Exception exception) when (dialect.TroubleOf(exception) is not DatabaseTrouble.None and var trouble)
            {
                if (trouble == DatabaseTrouble.Away) outage.Begin();
                var isWorthIt = trouble switch
                {
                    DatabaseTrouble.Contention => number < Attempts,
                    DatabaseTrouble.Away => progress is not { MustNotRepeat: true, IsCommitting: true }
                        && outage.IsWorthWaiting && Stopwatch.GetElapsedTime(start) < outage.Patience,
                    _ => false,
                };
                if (!isWorthIt) throw new DatabaseUnavailableException(trouble, progress is { MayHaveLanded: true }, exception);
            }
            var pause = Math.Min(ShortestPause << Math.Min(number, 10), LongestPause);
            await Task.Delay(Random.Shared.Next(pause / 2, pause), cancellationToken);
        }
    }

    private async Task<(Session Session, DbDataReader Reader)> OpenAsync(Sql sql, CancellationToken cancellationToken)
    {
        var session = writing ?? await dialect.RentAsync(cancellationToken);
        try
        {
            return (session, await Prepare(session, sql).ExecuteReaderAsync(cancellationToken));
        }
        catch (Exception exception)
        {
            await DropAsync(session, exception);
            throw;
        }
    }

    private async Task<T> AskAsync<T>(Sql sql, Func<DbDataReader, Task<T>> read, CancellationToken cancellationToken)
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

    private async Task<T> AttemptAsync<T>(
        Func<WriteTransaction, Task<T>> command, WriteProgress progress, CancellationToken cancellationToken)
    {
        progress.IsCommitting = false;
        var turn = await dialect.BeginAsync(cancellationToken);
        try
        {
            writing = turn.Session;
            var write = new WriteTransaction();
            var result = await command(write);
            writing = null;
            progress.IsCommitting = !write.IsAbandoned;
            // Whoever hung up meanwhile: from here on it is carried out as a whole.
            await (write.IsAbandoned ? turn.RollBackAsync() : turn.CommitAsync());
            return result;
        }
        catch (Exception exception)
        {
            writing = null;
            progress.MayHaveLanded |= progress.IsCommitting && dialect.TroubleOf(exception) == DatabaseTrouble.Away;
            await turn.FailAsync(exception);
            throw;
        }
    }

    private static InvalidOperationException NotWriting() => new("Rows are changed within WriteAsync.");

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

    /// <summary>A connection on which something failed is looked after; the transaction's own by its end.</summary>
    private ValueTask DropAsync(Session session, Exception exception) => session == writing ? default : dialect.DropAsync(session, exception);

    /// <summary>How far a command came.</summary>
    private sealed class WriteProgress
    {
        public bool MustNotRepeat { get; init; }

        public bool IsCommitting { get; set; }

        /// <summary>Whether a commit was begun whose outcome nobody heard.</summary>
        public bool MayHaveLanded { get; set; }
    }
}
