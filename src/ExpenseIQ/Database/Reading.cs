using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace ExpenseIQ.Database;

/// <summary>What the readers of both databases lack.</summary>
internal static class Reading
{
    /// <summary>All rows of the present result.</summary>
    public static async Task<List<T>> ListAsync<T>(this DbDataReader reader, Func<DbDataReader, T> read, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken)) rows.Add(read(reader));
        return rows;
    }

    /// <summary>All rows of the result after the present one.</summary>
    public static async Task<List<T>> NextListAsync<T>(this DbDataReader reader, Func<DbDataReader, T> read, CancellationToken cancellationToken)
    {
        await reader.NextResultAsync(cancellationToken);
        await reader.SkipToRowsAsync(cancellationToken);
        return await reader.ListAsync(read, cancellationToken);
    }

    /// <summary>Passes the results of statements that answer no rows.</summary>
    public static async Task SkipToRowsAsync(this DbDataReader reader, CancellationToken cancellationToken)
    {
        while (reader.FieldCount == 0 && await reader.NextResultAsync(cancellationToken))
        {
            // on to the next
        }
    }

    /// <summary>Whether the result after the present one has a row.</summary>
    public static async Task<bool> NextHasRowAsync(this DbDataReader reader, CancellationToken cancellationToken)
    {
        await reader.NextResultAsync(cancellationToken);
        await reader.SkipToRowsAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken);
    }

    /// <summary>A date without time. SQLite has it as text; its driver looks for a time and an offset in it too.</summary>
    public static DateOnly GetDate(this DbDataReader reader, int column) => reader is SqliteDataReader
        ? DateOnly.ParseExact(reader.GetString(column), "yyyy-MM-dd", CultureInfo.InvariantCulture)
        : reader.GetFieldValue<DateOnly>(column);
}
