using System.Data.Common;
using System.Globalization;
using ExpenseIQ.Database;
using ExpenseIQ.Database.Dialects;
using Microsoft.Extensions.DependencyInjection;

namespace ExpenseIQ.Tests.Running;

/// <summary>A database of its own on the engine of this run; it is dropped at the end. At first nothing is in it.</summary>
internal sealed class ScratchDatabase : IAsyncDisposable
{
    private static readonly CancellationToken Token = CancellationToken.None;
    private readonly ServiceProvider services;
    private readonly string folder = Directory.CreateTempSubdirectory("expenseiq-tests-").FullName;

    public ScratchDatabase()
    {
        Settings = new Settings
        {
            Environment = "Development",
            CookieSecure = false,
            DataDirectory = folder,
            Port = 0,
            BcryptCost = 4,
            MySql = Engine.IsEmbedded ? null : Engine.Server($"expenseiq_test_{Guid.NewGuid():N}"),
        };
        services = NewInstance();
    }

    public Settings Settings { get; }

    public Dialect Dialect => services.GetRequiredService<Dialect>();

    /// <summary>What the program's verbs use of the database, without the site; another instance each time.</summary>
    public ServiceProvider NewInstance() => new ServiceCollection()
        .AddSingleton(TimeProvider.System)
        .AddDatabase(Settings)
        .BuildServiceProvider();

    public Task<IReadOnlyList<string>> MigrateAsync() => services.GetRequiredService<Migrator>().ApplyAsync(Token);

    /// <summary>Makes the database and applies one migration to it, as a release that knew no others did.</summary>
    public async Task ApplyByHandAsync(Migration migration)
    {
        await Dialect.CreateAsync(Token);
        await ExecuteAsync([
            Migrator.HistoryTable,
            .. migration.Statements,
            $"""
            insert into schema_migrations (number, name, sha256, statements_done, is_running, applied_at)
            values ({migration.Number}, '{migration.Name}', '{migration.Sha256}', {migration.Statements.Count}, false, '2024-11-05 12:00:00.000')
            """]);
    }

    public async Task<IReadOnlyList<string>> VerifyAsync()
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Verification>().RunAsync(Token);
    }

    /// <summary>Works with the tables as the program does.</summary>
    public async Task<T> WithAsync<T>(Func<ExpenseDatabase, Task<T>> work)
    {
        await using var scope = services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<ExpenseDatabase>());
    }

    /// <summary>Runs statements by hand, one after the other on one connection.</summary>
    public async Task ExecuteAsync(params string[] statements)
    {
        await using var connection = await Dialect.OpenAsync(Token);
        foreach (var sql in statements)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync(Token);
        }
    }

    /// <summary>The first column of the first row, as text of no culture.</summary>
    public async Task<string?> ScalarAsync(string sql) => (await QueryAsync(sql)) is [var row, ..] ? row[0] : null;

    /// <summary>All rows, each value as text of no culture, bytes in hexadecimal; null stays null.</summary>
    public async Task<IReadOnlyList<string?[]>> QueryAsync(string sql)
    {
        await using var connection = await Dialect.OpenAsync(Token);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync(Token);
        var rows = new List<string?[]>();
        while (await reader.ReadAsync(Token)) rows.Add(ReadRow(reader));
        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        if (Settings.MySql is { } server)
        {
            // A database that was never made is none to drop; opening needs one, so one is made first.
            await Dialect.CreateAsync(Token);
            await ExecuteAsync($"drop database `{server.Database}`");
        }
        await services.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static string?[] ReadRow(DbDataReader reader)
    {
        var row = new string?[reader.FieldCount];
        for (var column = 0; column < row.Length; column++)
            row[column] = reader.IsDBNull(column) ? null : reader.GetValue(column) is byte[] bytes ? Convert.ToHexStringLower(bytes) : Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture);
        return row;
    }
}
