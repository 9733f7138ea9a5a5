namespace ExpenseIQ.Tests.Running;

internal sealed class ServerSchemaReader(ScratchDatabase database) : SchemaReader
{
    public override async Task<IReadOnlyList<string>> ColumnsAsync()
    {
        var rows = await database.QueryAsync("""
            select concat(table_name, '.', column_name), column_type, is_nullable, column_key, extra
            from information_schema.columns where table_schema = database()
            """);
        return Sorted(rows.Select(row => $"{row[0]} {Family(row[1]!)}"
            + (row[3] == "PRI" ? " key" : row[4]!.StartsWith("VIRTUAL GENERATED", StringComparison.OrdinalIgnoreCase) || row[4]!.StartsWith("STORED GENERATED", StringComparison.OrdinalIgnoreCase) ? " generated" : row[2] == "YES" ? " null" : "")));
    }

    public override async Task<IReadOnlyList<string>> IndexesAsync()
    {
        var rows = await database.QueryAsync("""
            select table_name, index_name, non_unique, group_concat(column_name order by seq_in_index separator ', ')
            from information_schema.statistics where table_schema = database() and index_name <> 'PRIMARY'
            group by table_name, index_name, non_unique
            """);
        return Sorted(rows.Select(row => $"{row[0]} {(row[2] == "0" ? "unique" : row[1])} ({row[3]})"));
    }

    public override async Task<IReadOnlyList<string>> PrimaryKeysAsync()
    {
        var rows = await database.QueryAsync("""
            select table_name, group_concat(column_name order by seq_in_index separator ', ')
            from information_schema.statistics where table_schema = database() and index_name = 'PRIMARY' group by table_name
            """);
        return Sorted(rows.Select(row => $"{row[0]} ({row[1]})"));
    }

    public override async Task<IReadOnlyList<string>> ForeignKeysAsync()
    {
        var rows = await database.QueryAsync("""
            select concat(k.table_name, '.', k.column_name, ' -> ', k.referenced_table_name, '.', k.referenced_column_name), r.delete_rule
            from information_schema.key_column_usage k
            join information_schema.referential_constraints r on r.constraint_schema = k.table_schema and r.constraint_name = k.constraint_name
            where k.table_schema = database() and k.referenced_table_name is not null
            """);
        return Sorted(rows.Select(row => $"{row[0]} {row[1]!.ToLowerInvariant()}"));
    }
}
