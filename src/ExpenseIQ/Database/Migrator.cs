using System.Data.Common;
using System.Diagnostics;
using ExpenseIQ.Database.Dialects;
using ExpenseIQ.Domain;

namespace ExpenseIQ.Database;

/// <summary>
/// Brings the schema up to date. Safe when several instances start together: one applies, the others wait and find it done.
/// A migration that was interrupted (MySQL commits each DDL statement) goes on with the statement after the last one done.
/// </summary>
public sealed class Migrator(Dialect dialect, TimeProvider time)
{
    /// <summary>The table in which the migrations are kept; the same text serves both databases.</summary>
    public const string HistoryTable = """
        create table if not exists schema_migrations (
          number int not null,
          name varchar(100) not null,
          sha256 char(64) not null,
          statements_done int not null,
          is_running boolean not null,
          applied_at datetime(3) not null,
          primary key (number)
        )
        """;

    private readonly IReadOnlyList<Migration> migrations = Migration.All(dialect.Name);

    /// <summary>Applies what is missing and returns the names of it.</summary>
    /// <exception cref="SchemaException">The database is newer than the program, or a migration that was applied differs.</exception>
    public async Task<IReadOnlyList<string>> ApplyAsync(CancellationToken cancellationToken)
    {
        await CreateAsync(cancellationToken);
        await using var connection = await dialect.OpenAsync(cancellationToken);
        var applied = new List<string>();
        await dialect.WithSchemaLockAsync(
            connection,
            async () =>
            {
                await ExecuteAsync(connection, HistoryTable, cancellationToken);
                var done = await ReadHistoryAsync(connection, cancellationToken);
                Check(done);
                if (done.Count > 0 && migrations.Any(migration => !done.ContainsKey(migration.Number)))
                    await dialect.BackUpAsync($"before-{migrations[^1].Name}", cancellationToken);
                foreach (var migration in migrations)
                {
                    if (!done.TryGetValue(migration.Number, out var row))
                    {
                        row = new Applied(migration.Sha256, StatementsDone: 0, IsRunning: false);
                        await AddToHistoryAsync(connection, migration, cancellationToken);
                    }
                    if (row.StatementsDone == migration.Statements.Count) continue;
                    await ApplyAsync(connection, migration, row, cancellationToken);
                    applied.Add(migration.Name);
                }
            },
            cancellationToken);
        return applied;
    }

    /// <summary>Of several servers none may be the primary just now: an instance that starts during a failover waits it out.</summary>
    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await dialect.CreateAsync(cancellationToken);
                return;
            }
            catch (NoPrimaryException) when (Stopwatch.GetElapsedTime(start) < Outage.UsualPatience)
            {
                await Task.Delay(TimeSpan.FromSeconds(0.5), cancellationToken);
            }
        }
    }

    private void Check(Dictionary<int, Applied> done)
    {
        var newest = migrations[^1].Number;
        if (done.Keys.FirstOrDefault(number => number > newest) is > 0 and var newer)
            throw new SchemaException($"The database is newer than this program: it has migration {newer}, the program knows up to {newest}.");
        foreach (var migration in migrations)
        {
            if (done.TryGetValue(migration.Number, out var row) && row.Sha256 != migration.Sha256)
                throw new SchemaException($"Migration {migration.Name} was applied with another text than this program has.");
        }
    }

    private static async Task<Dictionary<int, Applied>> ReadHistoryAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "select number, sha256, statements_done, is_running from schema_migrations";
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var done = new Dictionary<int, Applied>();
        while (await reader.ReadAsync(cancellationToken))
            done[reader.GetInt32(0)] = new Applied(reader.GetString(1), reader.GetInt32(2), reader.GetBoolean(3));
        return done;
    }

    private async Task AddToHistoryAsync(DbConnection connection, Migration migration, CancellationToken cancellationToken)
    {
        await ExecuteAsync(
            connection,
            $"""
            insert into schema_migrations (number, name, sha256, statements_done, is_running, applied_at)
            values ({migration.Number}, '{migration.Name}', '{migration.Sha256}', 0, false, '{time.UtcNow():yyyy-MM-dd HH:mm:ss.fff}')
            """,
            cancellationToken);
    }

    /// <summary>
    /// Runs the statements from <paramref name="done"/> on and counts each. Where the schema's own statements commit by
    /// themselves, one may have run and not been counted when the program was ended: <c>is_running</c> tells, and what it makes
    /// is there already. One that failed is no longer running.
    /// </summary>
    private async Task ApplyAsync(DbConnection connection, Migration migration, Applied done, CancellationToken cancellationToken)
    {
        for (var index = done.StatementsDone; index < migration.Statements.Count; index++)
        {
            await MarkAsync("is_running = true");
            if (dialect.CommitsSchemaChanges) await ExecuteAsync(connection, "begin", cancellationToken);
            try
            {
                await ExecuteAsync(connection, migration.Statements[index], cancellationToken);
            }
            catch (DbException exception)
            {
                var wasMade = done.IsRunning && index == done.StatementsDone && dialect.IsAlreadyMade(exception);
                if (!wasMade)
                {
                    if (!dialect.CommitsSchemaChanges) throw;
                    await ExecuteAsync(connection, "rollback", cancellationToken);
                    await MarkAsync("is_running = false");
                    throw;
                }
            }
            await MarkAsync($"statements_done = {index + 1}, is_running = false");
            if (dialect.CommitsSchemaChanges) await ExecuteAsync(connection, "commit", cancellationToken);
        }

        Task MarkAsync(string set) =>
            ExecuteAsync(connection, $"update schema_migrations set {set} where number = {migration.Number}", cancellationToken);
    }

    private static async Task ExecuteAsync(DbConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 3600;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private sealed record Applied(string Sha256, int StatementsDone, bool IsRunning);
}
