using System.Data.Common;
using System.Net.Sockets;
using MySqlConnector;

namespace ExpenseIQ.Database.Dialects;

/// <summary>MySQL 8.0 and later, MariaDB 10.11 and later: one dialect that both speak.</summary>
public sealed class MySqlDialect : Dialect, IAsyncDisposable
{
    private const int LockSeconds = 120;

    /// <summary>The driver's number for a connection that broke while an answer was awaited.</summary>
    private const int Lost = 0;

    /// <summary>
    /// Errors that say that this server is not, or not any more, the one to ask. A statement that it refused did nothing.
    /// https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html
    /// </summary>
    private static readonly int[] AwayNumbers =
    [
        -1,   // the driver gave up waiting
        1040, // too many connections
        1042, // can't be reached
        1047, // Galera: the node is not ready
        1053, // shuts down
        1077, // the same
        1180, // the commit failed, which the cluster rolled back
        1290, // only reads
        1792, // a transaction that only reads
        1836, // only reads
        1927, // MariaDB: the connection was killed
        2006, // went away
        2013, // lost
        3032, // offline mode
        3098, // Group Replication: not while the primary changes
        3100, // refused before the commit
        3101, // rolled back by the group
        3169, // the session was killed
        4031, // was idle for too long
    ];

    private readonly MySqlSettings settings;
    private readonly MySqlServers servers;

    public MySqlDialect(MySqlSettings settings)
    {
        this.settings = settings;
        servers = new MySqlServers(settings, SetIsolationAsync);
    }

    public override string Name => "mysql";

    public override string Description => $"MySQL, {string.Join(", ", settings.Servers)}, database {settings.Database}";

    public override bool IsRemote => true;

    public override string LastInsertId => "last_insert_id()";

    public override string MonthOf(string column) => $"extract(year_month from {column})";

    public override string DayOf(string column) => $"(year({column}) * 10000 + month({column}) * 100 + dayofmonth({column}))";

    public override string TextKeyOf(string column) => $"unhex(left(sha2({column}, 256), 32))";

    public override string Using(string index) => $"force index ({index})";

    public override string OrAdd(string key, params string[] columns) =>
        $"on duplicate key update {string.Join(", ", columns.Select(column => $"{column} = {column} + values({column})"))}";

    public override Sql DeleteSome(string table, string key, long userId, int rows) =>
        $"delete from {Sql.Raw(table)} where user_id = {userId} order by {Sql.Raw(key)} {Sql.Limit(rows)}";

    public override async Task CreateAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await OpenAsync(cancellationToken);
        }
        catch (MySqlException exception) when (exception.ErrorCode == MySqlErrorCode.UnknownDatabase)
        {
            var name = settings.Database.Replace("`", "``", StringComparison.Ordinal);
            await using var connection = new MySqlConnection((await servers.FindAsync(cancellationToken)).WithoutDatabase);
            await connection.OpenAsync(cancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = $"create database if not exists `{name}` character set utf8mb4 collate utf8mb4_bin";
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    public override async Task<DbConnection> OpenAsync(CancellationToken cancellationToken) =>
        await (await servers.FindAsync(cancellationToken)).OpenAsync(cancellationToken);

    public override async ValueTask<Session> RentAsync(CancellationToken cancellationToken)
    {
        var server = await servers.FindAsync(cancellationToken);
        try
        {
            // Statements are not prepared: the servers gain nothing from it for queries as short as these.
            return new Session(await server.OpenAsync(cancellationToken), keepsStatements: false, static value => value) { Source = server };
        }
        catch (MySqlException exception)
        {
            if (TroubleOf(exception) == DatabaseTrouble.Away) await servers.DoubtAsync(server);
            throw;
        }
    }

    public override ValueTask ReturnAsync(Session session) => session.DisposeAsync();

    public override async ValueTask DropAsync(Session session, Exception exception)
    {
        var isAway = TroubleOf(exception) == DatabaseTrouble.Away;
        // What is told to a server that is gone is waited for in vain.
        if (isAway) await servers.DoubtAsync((MySqlServer)session.Source!);
        else await ForgetAsync((MySqlConnection)session.Connection);
        await session.DisposeAsync();
    }

    /// <summary>DDL commits by itself here, so a named lock holds the others back, not a transaction.</summary>
    public override async Task WithSchemaLockAsync(
        DbConnection connection, Func<Task> work, CancellationToken cancellationToken)
    {
        await using var command = (MySqlCommand)connection.CreateCommand();
        command.CommandTimeout = LockSeconds + 10;
        // Lock names are the server's: 64 characters at most.
        command.Parameters.AddWithValue("@name", "expenseiq." + settings.Database[..Math.Min(50, settings.Database.Length)]);
        command.CommandText = $"select get_lock(@name, {LockSeconds})";
        if (await command.ExecuteScalarAsync(cancellationToken) is not (1L or 1))
            throw new SchemaException($"Another instance has been changing the schema for {LockSeconds} seconds.");
        try
        {
            await work();
        }
        finally
        {
            command.CommandText = "select release_lock(@name)";
            await command.ExecuteScalarAsync(CancellationToken.None);
        }
    }

    public override Task BackUpAsync(string name, CancellationToken cancellationToken) => Task.CompletedTask;

    public override bool CommitsSchemaChanges => true;

    public override bool IsAlreadyMade(Exception exception) =>
        exception is MySqlException
        {
            ErrorCode: MySqlErrorCode.TableExists or MySqlErrorCode.DuplicateFieldName or MySqlErrorCode.DuplicateKeyName
            or MySqlErrorCode.BadTable or MySqlErrorCode.CannotDropFieldOrKey
        };

    public override ValueTask<WriteTurn> BeginAsync(CancellationToken cancellationToken) => OwnTransaction.BeginAsync(this, cancellationToken);

    public override DatabaseTrouble TroubleOf(Exception exception) => exception switch
    {
        NoPrimaryException => DatabaseTrouble.Away,
        MySqlException { Number: Lost } => DatabaseTrouble.Away,
        MySqlException { ErrorCode: MySqlErrorCode.LockDeadlock or MySqlErrorCode.LockWaitTimeout } => DatabaseTrouble.Contention,
        MySqlException { ErrorCode: MySqlErrorCode.DiskFull } or MySqlException { ErrorCode: MySqlErrorCode.RecordFileFull } => DatabaseTrouble.Full,
        MySqlException { InnerException: IOException or SocketException or ObjectDisposedException } => DatabaseTrouble.Away,
        MySqlException mysql => Array.IndexOf(AwayNumbers, mysql.Number) >= 0 ? DatabaseTrouble.Away : DatabaseTrouble.None,
        // The driver's words for a connection that broke while it was not looked at.
        IOException or SocketException => DatabaseTrouble.Away,
        InvalidOperationException { Source: "MySqlConnector" } closed when closed.Message.Contains("State is Closed", StringComparison.Ordinal) => DatabaseTrouble.Away,
        _ => DatabaseTrouble.None,
    };

    public override bool IsDuplicate(Exception exception) =>
        exception is MySqlException { ErrorCode: MySqlErrorCode.DuplicateKeyEntry };

    public ValueTask DisposeAsync() => servers.DisposeAsync();

    /// <summary>A connection on which something failed goes back to the pool without anything that was begun on it.</summary>
    private static async ValueTask ForgetAsync(MySqlConnection connection)
    {
        try
        {
            await connection.ResetConnectionAsync(CancellationToken.None);
            await SetIsolationAsync(connection, CancellationToken.None);
        }
        catch (Exception exception) when (exception is MySqlException or InvalidOperationException)
        {
            // The connection is lost; the pool throws it away, and the server rolls back.
        }
    }

    /// <summary>Writers of one user wait for its ledger's row; the gap locks of a stricter level would only make deadlocks.</summary>
    private static async ValueTask SetIsolationAsync(MySqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "set session transaction isolation level read committed";
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
