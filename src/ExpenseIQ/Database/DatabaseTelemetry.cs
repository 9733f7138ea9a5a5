using System.Globalization;
using Microsoft.Data.Sqlite;
using MySqlConnector;

namespace ExpenseIQ.Database;

/// <summary>What the databases' drivers tell of their work, and what of it may leave the program.</summary>
internal static class DatabaseTelemetry
{
    /// <summary>The name of the driver's spans and of its metrics. SQLite's driver has neither.</summary>
    public const string Source = "MySqlConnector";

    /// <summary>
    /// What may be said of a statement: its text has parameters in the place of values. The connection's address, its user and
    /// the thread are left out.
    /// </summary>
    public static IReadOnlyList<string> SpanTags { get; } =
    [
        "db.system", "db.system.name", "db.name", "db.namespace", "db.statement", "db.query.text", "db.operation.name",
        "db.operation.batch.size", "db.response.status_code", "error.type",
    ];

    /// <summary>What a metric may be told apart by; the pool's name is its connection string.</summary>
    public static IReadOnlyList<string> MetricTags { get; } = ["state"];

    /// <summary>The database's own code for an error, without the message; null where it is no error of a database.</summary>
    public static string? CodeOf(Exception exception) => exception switch
    {
        MySqlException error => string.Create(CultureInfo.InvariantCulture, $"{(int)error.ErrorCode} {error.ErrorCode}, SQLSTATE {error.SqlState}"),
        SqliteException error => string.Create(CultureInfo.InvariantCulture, $"{error.SqliteErrorCode}, extended {error.SqliteExtendedErrorCode}"),
        _ => null,
    };
}
