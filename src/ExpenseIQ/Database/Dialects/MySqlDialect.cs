using System.Data;
using System.Data.Common;
using LinqToDB;
using LinqToDB.DataProvider.MySql;
using LinqToDB.Interceptors;
using MySqlConnector;

namespace ExpenseIQ.Database.Dialects;

/// <summary>MySQL 8.0 and later, MariaDB 10.11 and later: one dialect that both speak.</summary>
public sealed class MySqlDialect : Dialect
{
    private const int LockSeconds = 120;

    private readonly MySqlConnectionStringBuilder server;

    public MySqlDialect(MySqlSettings settings) => server = new MySqlConnectionStringBuilder
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

    public override string Name => "mysql";

    public override string Description => $"MySQL, {server.Server}:{server.Port}, database {server.Database}";

    public override DataOptions Options => new DataOptions()
        .UseMySql(server.ConnectionString, MySqlVersion.MySql80, MySqlProvider.MySqlConnector)
        .UseInterceptor(new LostServer(server.ConnectionString));

    /// <summary>Writers of one user wait for its ledger's row; the gap locks of a stricter level would only make deadlocks.</summary>
    public override IsolationLevel WriteIsolation => IsolationLevel.ReadCommitted;

    public override string MonthOf(string column) => $"extract(year_month from {column})";

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
        var connection = new MySqlConnection(server.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        return connection;
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
        exception is MySqlException { ErrorCode: MySqlErrorCode.TableExists or MySqlErrorCode.DuplicateFieldName or MySqlErrorCode.DuplicateKeyName };

    public override ValueTask<IDisposable?> WaitForTurnAsync(CancellationToken cancellationToken) => default;

    public override bool IsTransient(Exception exception) =>
        exception is MySqlException { ErrorCode: MySqlErrorCode.LockDeadlock or MySqlErrorCode.LockWaitTimeout };

    public override bool IsDuplicate(Exception exception) =>
        exception is MySqlException { ErrorCode: MySqlErrorCode.DuplicateKeyEntry };

    /// <summary>A server that was restarted has closed every pooled connection: the first that notices throws the others away.</summary>
    private sealed class LostServer(string connectionString) : ExceptionInterceptor
    {
        public override void ProcessException(ExceptionEventData eventData, Exception exception)
        {
            if (exception is not MySqlException { InnerException: IOException }) return;
            using var connection = new MySqlConnection(connectionString);
            MySqlConnection.ClearPool(connection);
        }
    }
}
