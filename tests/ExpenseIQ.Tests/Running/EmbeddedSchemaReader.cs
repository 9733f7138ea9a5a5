namespace ExpenseIQ.Tests.Running;

internal sealed class EmbeddedSchemaReader(ScratchDatabase database) : SchemaReader
{
    private const string Tables = "(select name from sqlite_schema where type = 'table' and name not like 'sqlite%')";

    public override async Task<IReadOnlyList<string>> ColumnsAsync()
    {
        var rows = await database.QueryAsync($"""
            select t.name || '.' || c.name, c.type, c."notnull", c.pk, c.hidden from {Tables} t join pragma_table_xinfo(t.name) c
            """);
        // An integer primary key is never null, though nothing says so.
        return Sorted(rows.Select(row => $"{row[0]} {Family(row[1]!)}" + (row[3] != "0" ? " key" : row[4] != "0" ? " generated" : row[2] == "0" ? " null" : "")));
    }

    public override async Task<IReadOnlyList<string>> IndexesAsync()
    {
        var rows = await database.QueryAsync($"""
            select t.name, i.name, i."unique", (select group_concat(c.name, ', ' order by c.seqno) from pragma_index_info(i.name) c)
            from {Tables} t join pragma_index_list(t.name) i where i.origin <> 'pk'
            """);
        return Sorted(rows.Select(row => $"{row[0]} {(row[2] == "1" ? "unique" : row[1])} ({row[3]})"));
    }

    public override async Task<IReadOnlyList<string>> PrimaryKeysAsync()
    {
        var rows = await database.QueryAsync($"""
            select t.name, (select group_concat(c.name, ', ' order by c.pk) from pragma_table_info(t.name) c where c.pk > 0) from {Tables} t
            """);
        return Sorted(rows.Select(row => $"{row[0]} ({row[1]})"));
    }

    public override async Task<IReadOnlyList<string>> ForeignKeysAsync()
    {
        var rows = await database.QueryAsync($"""
            select t.name || '.' || f."from" || ' -> ' || f."table" || '.' || f."to", f.on_delete from {Tables} t join pragma_foreign_key_list(t.name) f
            """);
        return Sorted(rows.Select(row => $"{row[0]} {row[1]!.ToLowerInvariant()}"));
    }
}
