using System.Data;
using System.Data.Common;
using System.Globalization;
using LinqToDB;
using LinqToDB.Data;
using LinqToDB.DataProvider.SQLite;
using LinqToDB.Interceptors;
using LinqToDB.Mapping;
using Microsoft.Data.Sqlite;

namespace ExpenseIQ.Database.Dialects;

/// <summary>The embedded database: one file, one writer at a time, each commit on the disk before it is acknowledged.</summary>
/// <param name="path">The file; its folder must exist.</param>
public sealed class SqliteDialect(string path) : Dialect, IDisposable
{
    private readonly string connectionString = new SqliteConnectionStringBuilder
    {
        DataSource = path,
        ForeignKeys = true,
        DefaultTimeout = 30,
    }.ToString();

    private readonly SemaphoreSlim writer = new(1);

    public override string Name => "sqlite";

    public override string Description => $"SQLite, {path}";

    public override DataOptions Options => new DataOptions()
        .UseSQLite(connectionString, SQLiteProvider.Microsoft)
        .UseMappingSchema(DatesAsText())
        .UseInterceptor(new Durability());

    /// <summary>Microsoft.Data.Sqlite begins such a transaction at once (BEGIN IMMEDIATE).</summary>
    public override IsolationLevel WriteIsolation => IsolationLevel.Serializable;

    public override string MonthOf(string column) => $"cast(substr({column}, 1, 4) || substr({column}, 6, 2) as integer)";

    public override async Task CreateAsync(CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "pragma journal_mode = wal";
        var mode = await command.ExecuteScalarAsync(cancellationToken);
        if (mode as string != "wal")
            throw new SchemaException($"The database {path} can't use write-ahead logging (journal_mode is {mode}).");
    }

    public override async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        Durability.Set(connection);
        return connection;
    }

    public override async Task WithSchemaLockAsync(
        DbConnection connection, Func<Task> work, CancellationToken cancellationToken)
    {
        await Execute("begin immediate");
        try
        {
            await work();
            await Execute("commit");
        }
        catch
        {
            await Execute("rollback");
            throw;
        }

        async Task Execute(string sql)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    public override bool CommitsSchemaChanges => false;

    public override bool IsAlreadyMade(Exception exception) => false;

    public override async ValueTask<IDisposable?> WaitForTurnAsync(CancellationToken cancellationToken)
    {
        await writer.WaitAsync(cancellationToken);
        return new Turn(writer);
    }

    public override bool IsTransient(Exception exception) =>
        exception is SqliteException { SqliteErrorCode: SqliteCode.Busy or SqliteCode.Locked };

    public override bool IsDuplicate(Exception exception) =>
        exception is SqliteException { SqliteExtendedErrorCode: SqliteCode.Unique or SqliteCode.PrimaryKey };

    public void Dispose() => writer.Dispose();

    /// <summary>linq2db's own mapping wraps the column in a function and loses the index: keep dates as plain text.</summary>
    private static MappingSchema DatesAsText()
    {
        const string format = "yyyy-MM-dd";
        var schema = new MappingSchema();
        schema.SetDataType(typeof(DateOnly), DataType.VarChar);
        schema.SetConverter<DateOnly, DataParameter>(
            date => new DataParameter(null, date.ToString(format, CultureInfo.InvariantCulture), DataType.VarChar));
        schema.SetConverter<string, DateOnly>(
            text => DateOnly.ParseExact(text, format, CultureInfo.InvariantCulture));
        schema.SetValueToSqlConverter(typeof(DateOnly), (sql, _, value) =>
            sql.Append('\'').Append(((DateOnly)value).ToString(format, CultureInfo.InvariantCulture)).Append('\''));
        return schema;
    }

    private sealed class Turn(SemaphoreSlim writer) : IDisposable
    {
        public void Dispose() => writer.Release();
    }

    private sealed class Durability : ConnectionInterceptor
    {
        public override void ConnectionOpened(ConnectionEventData eventData, DbConnection connection) => Set(connection);

        public override Task ConnectionOpenedAsync(
            ConnectionEventData eventData, DbConnection connection, CancellationToken cancellationToken)
        {
            Set(connection);
            return Task.CompletedTask;
        }

        public static void Set(DbConnection connection)
        {
            using var command = connection.CreateCommand();
            command.CommandText = "pragma synchronous = full";
            command.ExecuteNonQuery();
        }
    }

    /// <summary>Result codes, https://www.sqlite.org/rescode.html.</summary>
    private static class SqliteCode
    {
        public const int Busy = 5;
        public const int Locked = 6;
        public const int PrimaryKey = 1555;
        public const int Unique = 2067;
    }
}
