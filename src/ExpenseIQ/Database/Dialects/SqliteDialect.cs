using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using ExpenseIQ.Domain;
using Microsoft.Data.Sqlite;

namespace ExpenseIQ.Database.Dialects;

/// <summary>The embedded database: one file, one writer at a time, each commit on the disk before it is acknowledged.</summary>
public sealed class SqliteDialect : Dialect, IAsyncDisposable
{
    private const int BackupsKept = 3;

    /// <summary>How much of the file a connection keeps, in KiB. Another's write makes all of it void, and the system has the file in memory anyway.</summary>
    private const int PagesForReading = 512;

    /// <summary>The one that writes is made void by nobody.</summary>
    private const int PagesForWriting = 4096;

    /// <summary>Long enough for all who wait, too short to be noticed.</summary>
    private static readonly TimeSpan UsualSharing = TimeSpan.FromMilliseconds(20);

    private readonly string path;
    private readonly string connectionString;
    private readonly ConcurrentBag<Session> idle = [];
    private readonly SharedTransaction writing;

    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="sharing">For how long writers who wait for each other join one commit.</param>
    public SqliteDialect(string path, TimeSpan? sharing = null)
    {
        this.path = path;
        connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            ForeignKeys = true,
            DefaultTimeout = 30,
            // Connections are kept here, with their statements.
            Pooling = false,
        }.ToString();
        writing = new SharedTransaction(() => ConnectAsync(PagesForWriting), sharing ?? UsualSharing);
    }

    public override string Name => "sqlite";

    public override string Description => $"SQLite, {path}";

    public override bool IsRemote => false;

    public override string LastInsertId => "last_insert_rowid()";

    public override string MonthOf(string column) => $"cast(substr({column}, 1, 4) || substr({column}, 6, 2) as integer)";

    public override string DayOf(string column) =>
        $"cast(substr({column}, 1, 4) || substr({column}, 6, 2) || substr({column}, 9, 2) as integer)";

    public override string TextKeyOf(string column) => $"text_key({column})";

    public override string Using(string index) => $"indexed by {index}";

    public override string OrAdd(string key, params string[] columns) =>
        $"on conflict ({key}) do update set {string.Join(", ", columns.Select(column => $"{column} = {column} + excluded.{column}"))}";

    /// <summary>Its DELETE has no LIMIT. In the order of the key, so that rows that lie together go together.</summary>
    public override Sql DeleteSome(string table, string key, long userId, int rows) =>
        $"""
        delete from {Sql.Raw(table)} where user_id = {userId}
          and ({Sql.Raw(key)}) in (select {Sql.Raw(key)} from {Sql.Raw(table)} where user_id = {userId} order by {Sql.Raw(key)} {Sql.Limit(rows)})
        """;

    public override async Task CreateAsync(CancellationToken cancellationToken)
    {
        // The files beside it get the rights that it has.
        if (!File.Exists(path)) CreatePrivate(path);
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
        connection.CreateFunction<string, byte[]>("text_key", SearchText.KeyOf, isDeterministic: true);
        await using var command = connection.CreateCommand();
        command.CommandText = "pragma synchronous = full";
        await command.ExecuteNonQueryAsync(cancellationToken);
        return connection;
    }

    public override async ValueTask<Session> RentAsync(CancellationToken cancellationToken) =>
        idle.TryTake(out var session) ? session : await ConnectAsync(PagesForReading);

    private async Task<Session> ConnectAsync(int kibibytes)
    {
        var session = new Session(await OpenAsync(CancellationToken.None), keepsStatements: true, ToParameter);
        await session.ExecuteAsync($"pragma cache_size = -{kibibytes}");
        return session;
    }

    public override ValueTask ReturnAsync(Session session)
    {
        idle.Add(session);
        return default;
    }

    public override ValueTask DropAsync(Session session, Exception exception) => session.DisposeAsync();

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

    /// <summary>A whole copy in the folder backups, on the disk before the schema changes. The newest few stay.</summary>
    public override async Task BackUpAsync(string name, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(path)!, "backups"));
        if (!OperatingSystem.IsWindows()) folder.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        var file = Path.Combine(folder.FullName, $"{name}.db");
        var unfinished = $"{file}.unfinished";
        File.Delete(unfinished);
        CreatePrivate(unfinished);
        await using (var connection = await OpenAsync(cancellationToken))
        {
            await using var command = (SqliteCommand)connection.CreateCommand();
            command.CommandText = "vacuum into @file";
            command.CommandTimeout = 0;
            command.Parameters.AddWithValue("@file", unfinished);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        using (var copy = File.OpenHandle(unfinished, FileMode.Open, FileAccess.ReadWrite)) RandomAccess.FlushToDisk(copy);
        File.Move(unfinished, file, overwrite: true);
        foreach (var old in folder.GetFiles("*.db").OrderByDescending(copy => copy.LastWriteTimeUtc).Skip(BackupsKept)) old.Delete();
    }

    public override bool CommitsSchemaChanges => false;

    public override bool IsAlreadyMade(Exception exception) => false;

    public override ValueTask<WriteTurn> BeginAsync(CancellationToken cancellationToken) => writing.BeginAsync(cancellationToken);

    public override DatabaseTrouble TroubleOf(Exception exception) => (exception as SqliteException)?.SqliteErrorCode switch
    {
        SqliteCode.Busy or SqliteCode.Locked => DatabaseTrouble.Contention,
        SqliteCode.Full => DatabaseTrouble.Full,
        SqliteCode.ReadOnly or SqliteCode.InputOutput or SqliteCode.CannotOpen or SqliteCode.Permission => DatabaseTrouble.Unusable,
        _ => DatabaseTrouble.None,
    };

    public override bool IsDuplicate(Exception exception) =>
        exception is SqliteException { SqliteExtendedErrorCode: SqliteCode.Unique or SqliteCode.PrimaryKey };

    public async ValueTask DisposeAsync()
    {
        while (idle.TryTake(out var session)) await session.DisposeAsync();
        await writing.DisposeAsync();
    }

    /// <summary>An empty file, which is a database without tables, that nobody else may read.</summary>
    private static void CreatePrivate(string file)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        new FileStream(file, options).Dispose();
    }

    /// <summary>Instants are text with three decimals, whatever they are; dates the driver writes as yyyy-MM-dd.</summary>
    private static object ToParameter(object value) =>
        value is DateTime moment ? moment.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture) : value;

    /// <summary>Result codes, https://www.sqlite.org/rescode.html.</summary>
    private static class SqliteCode
    {
        public const int Permission = 3;
        public const int Busy = 5;
        public const int Locked = 6;
        public const int ReadOnly = 8;
        public const int InputOutput = 10;
        public const int Full = 13;
        public const int CannotOpen = 14;
        public const int PrimaryKey = 1555;
        public const int Unique = 2067;
    }
}
