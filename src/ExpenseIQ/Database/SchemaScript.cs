using System.Globalization;
using System.Text;

namespace ExpenseIQ.Database;

/// <summary>schema.sql: all migrations for MySQL as one script, with the history that makes the program take them as applied.</summary>
public static class SchemaScript
{
    public static string Write()
    {
        var script = new StringBuilder("""
            -- The whole MySQL schema of ExpenseIQ with its seed data, written by `dotnet run --project src/ExpenseIQ -- schema`.
            -- To load it into a database of another name, change the name in the two statements that follow.

            create database if not exists smart_expense_tracker character set utf8mb4 collate utf8mb4_bin;

            use smart_expense_tracker;


            """.ReplaceLineEndings("\n"));
        script.Append(Migrator.HistoryTable.ReplaceLineEndings("\n")).Append(";\n\n");
        foreach (var migration in Migration.All("mysql"))
        {
            script.Append(CultureInfo.InvariantCulture, $"-- Migration {migration.Name}\n\n").Append(migration.Text.Trim()).Append("\n\n");
            script.Append(
                CultureInfo.InvariantCulture,
                $"""
                insert into schema_migrations (number, name, sha256, statements_done, is_running, applied_at)
                values ({migration.Number}, '{migration.Name}', '{migration.Sha256}', {migration.Statements.Count}, false, utc_timestamp(3));

                """);
        }
        return script.ToString().ReplaceLineEndings("\n");
    }
}
