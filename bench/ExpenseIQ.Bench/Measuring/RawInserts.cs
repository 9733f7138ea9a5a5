using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace ExpenseIQ.Bench.Measuring;

/// <summary>
/// What the embedded database does alone: rows inserted one by one, each committed to the disk, into a table with the same
/// columns and indexes as that of the expenses, in the same folder. Nothing around it: the limit of what adds can reach.
/// </summary>
internal sealed class RawInserts : IDisposable
{
    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(0.25);

    private readonly SqliteConnection connection;
    private readonly SqliteCommand insert;
    private readonly List<double> rates = [];
    private int count;

    /// <param name="folder">The folder with the program's database.</param>
    public RawInserts(string folder)
    {
        var statements = ReadSchema(Path.Combine(folder, "expenseiq.db"));
        connection = Open(Path.Combine(folder, "raw.db"), SqliteOpenMode.ReadWriteCreate);
        Execute(connection, "pragma journal_mode = wal");
        Execute(connection, "pragma synchronous = full");
        foreach (var statement in statements) Execute(connection, statement);
        insert = CreateInsert(connection);
    }

    /// <summary>The median: a disk has its moments.</summary>
    public double PerSecond => Figures.Median(rates);

    /// <summary>To be called just before and just after the adds that it is compared with.</summary>
    public void Run(int slices)
    {
        for (; slices > 0; slices--)
        {
            var (began, before) = (Stopwatch.GetTimestamp(), count);
            while (Stopwatch.GetElapsedTime(began) < Slice)
            {
                count++;
                insert.Parameters["$amount_minor"].Value = (count * 37 % 8999) + 100;
                insert.Parameters["$date"].Value = $"20{count % 20 + 5:00}-{count % 12 + 1:00}-{count % 28 + 1:00}";
                insert.ExecuteNonQuery();
            }
            rates.Add((count - before) / Stopwatch.GetElapsedTime(began).TotalSeconds);
        }
    }

    public void Dispose()
    {
        insert.Dispose();
        connection.Dispose();
    }

    private static List<string> ReadSchema(string file)
    {
        using var connection = Open(file, SqliteOpenMode.ReadOnly);
        using var command = connection.CreateCommand();
        command.CommandText = "select sql from sqlite_master where tbl_name = 'expenses' and type in ('table', 'index') and sql is not null order by type desc";
        using var reader = command.ExecuteReader();
        var statements = new List<string>();
        while (reader.Read()) statements.Add(reader.GetString(0));
        return statements;
    }

    /// <summary>Names the columns that the table has, so that a new one does not break the bench.</summary>
    private static SqliteCommand CreateInsert(SqliteConnection connection)
    {
        var columns = new List<(string Name, bool IsText)>();
        using (var command = connection.CreateCommand())
        {
            command.CommandText = "select name, type from pragma_table_info('expenses') where pk = 0 and dflt_value is null";
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                var type = reader.GetString(1);
                columns.Add((reader.GetString(0), type.Contains("char", StringComparison.OrdinalIgnoreCase) || type.Contains("date", StringComparison.OrdinalIgnoreCase)));
            }
        }
        var insert = connection.CreateCommand();
        var (names, values) = (string.Join(", ", columns.Select(column => column.Name)), string.Join(", ", columns.Select(column => $"${column.Name}")));
#pragma warning disable CA2100 // the names come from the database's own schema
        insert.CommandText = $"insert into expenses ({names}) values ({values})";
#pragma warning restore CA2100
        foreach (var (name, isText) in columns)
        {
            object value = name switch
            {
                "description" => "Groceries",
                "search_text" => "groceries",
                "created_at" or "updated_at" => "2026-01-01 12:00:00.000",
                _ => isText ? "" : 1L,
            };
            insert.Parameters.AddWithValue($"${name}", value);
        }
        return insert;
    }

    private static SqliteConnection Open(string file, SqliteOpenMode mode)
    {
        // Without foreign keys: the tables that they lead to are not here.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, ForeignKeys = false, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // constants, and statements of the program's own schema
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
