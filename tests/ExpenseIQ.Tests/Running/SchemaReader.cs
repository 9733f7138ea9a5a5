using System.Globalization;

namespace ExpenseIQ.Tests.Running;

/// <summary>Reads a schema back from the engine, in words that are the same for all engines; each list is sorted.</summary>
internal abstract class SchemaReader
{
    public static SchemaReader Of(ScratchDatabase database) =>
        Engine.IsEmbedded ? new EmbeddedSchemaReader(database) : new ServerSchemaReader(database);

    /// <summary>"table.column family", then null, key or generated where it is.</summary>
    public abstract Task<IReadOnlyList<string>> ColumnsAsync();

    /// <summary>"table name (columns)", or "table unique (columns)".</summary>
    public abstract Task<IReadOnlyList<string>> IndexesAsync();

    /// <summary>"table (columns)".</summary>
    public abstract Task<IReadOnlyList<string>> PrimaryKeysAsync();

    /// <summary>"table.column -> table.column action".</summary>
    public abstract Task<IReadOnlyList<string>> ForeignKeysAsync();

    protected static IReadOnlyList<string> Sorted(IEnumerable<string> lines) => [.. lines.Order(StringComparer.Ordinal)];

    /// <summary>What a column keeps: types that do the same on different engines have one word.</summary>
    protected static string Family(string type) => type.ToLowerInvariant().Split('(')[0] switch
    {
        "tinyint" when type.Contains("(1)", StringComparison.Ordinal) => "boolean",
        "bigint" or "int" or "integer" or "tinyint" => "integer",
        "varchar" or "char" or "text" => "text",
        "binary" => "binary",
        "datetime" => "moment",
        "date" => "date",
        "decimal" => "decimal",
        "boolean" => "boolean",
        var other => throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"The type {other} is in no family.")),
    };
}
