using System.Data.Common;
using MySqlConnector;

namespace ExpenseIQ.Database.Dialects;

/// <summary>MySQL 8.0 and later, MariaDB 10.11 and later: one dialect that both speak.</summary>
public sealed class MySqlDialect : Dialect, IAsyncDisposable
{
    private const int LockSeconds = 120;

    private readonly MySqlConnectionStringBuilder server;
    private readonly MySqlDataSource source;

    public MySqlDialect(MySqlSettings settings)
    {
        server = ConnectionTo(settings);
        source = new MySqlDataSourceBuilder(server.ConnectionString).UseConnectionOpenedCallback(SetIsolationAsync).Build();
    }

    public override string Name => "mysql";

    public override string Description => $"MySQL, {server.Server}:{server.Port}, database {server.Database}";

    public override bool IsRemote => true;

    public override string Begin => "start transaction";

    public override string LastInsertId => "last_insert_id()";

    public override string MonthOf(string column) => $"extract(year_month from {column})";

    public override string DayOf(string column) => $"(year({column}) * 10000 + month({column}) * 100 + dayofmonth({column}))";

    public override string TextKeyOf(string column) => $"unhex(left(sha2({column}, 256), 32))";

    public override string Using(string index) => $"force index ({index})";

    public override string OrAdd(string key, params string[] columns) =>
        $"on duplicate key update {string.Join(", ", columns.Select(column => $"{column} = {column} + values({column})"))}";

    public override async Task CreateAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await OpenAsync(cancellationToken);
        }
        catch (MySqlException exception) when (exception.ErrorCode == MySqlErrorCode.UnknownDatabase)
        {
            var name = server.Database.Replace("`", "``", StringComparison.Ordinal);
            var withoutDatabase = new MySqlConnectionStringBuilder(server.ConnectionString) { Database = "" };
            await using var connection = new MySqlConnection(withoutDatabase.ConnectionString);
            await connection.OpenAsync(cancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = $"create database if not exists `{name}` character set utf8mb4 collate utf8mb4_bin";
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    public override async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        return await source.OpenConnectionAsync(cancellationToken);
    }

    public override async ValueTask<Session> RentAsync(CancellationToken cancellationToken)
    {
        try
        {
            // Statements are not prepared: the servers gain nothing from it for queries as short as these.
            return new Session(await source.OpenConnectionAsync(cancellationToken), keepsStatements: false, static value => value);
        }
        catch (MySqlException exception)
        {
            await ClearIfLostAsync(exception);
            throw;
        }
    }

    public override ValueTask ReturnAsync(Session session) => session.DisposeAsync();

    public override async ValueTask DropAsync(Session session, Exception exception)
    {
        await ForgetAsync((MySqlConnection)session.Connection);
        await session.DisposeAsync();
        await ClearIfLostAsync(exception);
    }

    /// <summary>DDL commits by itself here, so a named lock holds the others back, not a transaction.</summary>
    public override async Task WithSchemaLockAsync(
        DbConnection connection, Func<Task> work, CancellationToken cancellationToken)
    {
        await using var command = (MySqlCommand)connection.CreateCommand();
        command.CommandTimeout = LockSeconds + 10;
        // Lock names are the server's: 64 characters at most.
        command.Parameters.AddWithValue("@name", "expenseiq." + server.Database[..Math.Min(50, server.Database.Length)]);
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

    public override bool CommitsSchemaChanges => true;

    public override bool IsAlreadyMade(Exception exception) =>
        exception is MySqlException
        {
            ErrorCode: MySqlErrorCode.TableExists or MySqlErrorCode.DuplicateFieldName or MySqlErrorCode.DuplicateKeyName
            or MySqlErrorCode.BadTable or MySqlErrorCode.CannotDropFieldOrKey
        };

    public override ValueTask<IDisposable?> WaitForTurnAsync(CancellationToken cancellationToken) => default;

    public override bool IsTransient(Exception exception) =>
        exception is MySqlException { ErrorCode: MySqlErrorCode.LockDeadlock or MySqlErrorCode.LockWaitTimeout };

    public override bool IsDuplicate(Exception exception) =>
        exception is MySqlException { ErrorCode: MySqlErrorCode.DuplicateKeyEntry };

    public ValueTask DisposeAsync() => source.DisposeAsync();

    private static MySqlConnectionStringBuilder ConnectionTo(MySqlSettings settings) => new()
    {
        Server = settings.Host,
        Port = (uint)settings.Port,
        UserID = settings.User,
        Password = settings.Password,
        Database = settings.Database,
        ConnectionTimeout = 5,
        DefaultCommandTimeout = 30,
        // No command leaves anything in the session: a round trip saved each time a connection is taken from the pool.
        ConnectionReset = false,
        // Hosted servers drop what is idle for a minute.
        ConnectionIdleTimeout = 30,
        AllowPublicKeyRetrieval = true,
    };

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

    private static async ValueTask SetIsolationAsync(MySqlConnectionOpenedContext context, CancellationToken cancellationToken)
    {
        if (context.Conditions.HasFlag(MySqlConnectionOpenedConditions.New)) await SetIsolationAsync(context.Connection, cancellationToken);
    }

    /// <summary>Writers of one user wait for its ledger's row; the gap locks of a stricter level would only make deadlocks.</summary>
    private static async ValueTask SetIsolationAsync(MySqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "set session transaction isolation level read committed";
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>A server that was restarted has closed every pooled connection: the first that notices throws the others away.</summary>
    private async ValueTask ClearIfLostAsync(Exception exception)
    {
        if (exception is not MySqlException { InnerException: IOException }) return;
        await using var connection = source.CreateConnection();
        await MySqlConnection.ClearPoolAsync(connection);
    }
}
