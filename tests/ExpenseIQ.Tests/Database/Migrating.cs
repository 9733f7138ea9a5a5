using ExpenseIQ.Database;
using ExpenseIQ.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace ExpenseIQ.Tests.Database;

public sealed class Migrating
{
    private static readonly IReadOnlyList<Migration> All = Migration.All(Engine.IsEmbedded ? "sqlite" : "mysql");

    [Fact]
    public async Task An_empty_database_gets_every_migration_and_a_second_time_none()
    {
        await using var database = new ScratchDatabase();
        Assert.Equal(All.Select(migration => migration.Name), await database.MigrateAsync());
        Assert.Empty(await database.MigrateAsync());
        var history = await database.QueryAsync("select number, name, sha256, statements_done from schema_migrations order by number");
        Assert.Equal(All.Select(migration => new[] { $"{migration.Number}", migration.Name, migration.Sha256, $"{migration.Statements.Count}" }), history);
        Assert.Equal("6", await database.ScalarAsync("select count(*) from categories"));
        Assert.Empty(await database.VerifyAsync());
    }

    [Fact]
    public async Task Instances_that_start_together_apply_each_migration_once()
    {
        await using var database = new ScratchDatabase();
        var instances = Enumerable.Range(0, 4).Select(_ => database.NewInstance()).ToList();
        var applied = await Task.WhenAll(instances.Select(instance => Task.Run(() =>
            instance.GetRequiredService<Migrator>().ApplyAsync(TestContext.Current.CancellationToken))));
        Assert.Equal(All.Select(migration => migration.Name), applied.SelectMany(names => names));
        Assert.Equal("6", await database.ScalarAsync("select count(*) from categories"));
        foreach (var instance in instances) await instance.DisposeAsync();
    }

    [Fact]
    public async Task A_database_of_a_newer_program_is_refused()
    {
        await using var database = await NewMigratedAsync();
        await database.ExecuteAsync(
            "insert into schema_migrations (number, name, sha256, statements_done, is_running, applied_at) values (99, '0099-later', 'x', 1, false, '2030-01-01 00:00:00.000')");
        var refusal = await Assert.ThrowsAsync<SchemaException>(database.MigrateAsync);
        Assert.Contains("newer", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("99", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Fact]
    public async Task A_migration_that_was_changed_after_it_was_applied_is_refused()
    {
        await using var database = await NewMigratedAsync();
        await database.ExecuteAsync("update schema_migrations set sha256 = 'another' where number = 1");
        var refusal = await Assert.ThrowsAsync<SchemaException>(database.MigrateAsync);
        Assert.Contains(All[0].Name, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_migration_that_was_interrupted_goes_on_where_it_stopped()
    {
        await using var database = await NewMigratedAsync();
        // As if the program had been stopped after all statements but the last two: the site's row and the categories.
        await database.ExecuteAsync(
            "delete from categories", "delete from site", $"update schema_migrations set statements_done = {All[0].Statements.Count - 2} where number = 1");
        Assert.Equal([All[0].Name], await database.MigrateAsync());
        Assert.Equal("6", await database.ScalarAsync("select count(*) from categories"));
        Assert.Equal("1", await database.ScalarAsync("select count(*) from site"));
        Assert.Equal($"{All[0].Statements.Count}", await database.ScalarAsync("select statements_done from schema_migrations where number = 1"));
    }

    [Fact]
    public async Task A_statement_that_ran_but_was_not_counted_is_no_error()
    {
        await using var database = await NewMigratedAsync();
        // As if the program had been stopped between the last table and the count of it.
        await database.ExecuteAsync(
            "delete from categories", "delete from site", $"update schema_migrations set is_running = true, statements_done = {All[0].Statements.Count - 3} where number = 1");
        if (Engine.IsEmbedded)
        {
            // One transaction holds all of it here, so this can't happen and is no state to go on from.
            await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(database.MigrateAsync);
            return;
        }
        Assert.Equal([All[0].Name], await database.MigrateAsync());
        Assert.Equal("6", await database.ScalarAsync("select count(*) from categories"));
        Assert.Empty(await database.VerifyAsync());
    }

    [Fact]
    public async Task A_table_in_the_way_stays_an_error_at_each_start()
    {
        await using var database = new ScratchDatabase();
        await database.Dialect.CreateAsync(TestContext.Current.CancellationToken);
        await database.ExecuteAsync("create table expenses (in_the_way int not null, primary key (in_the_way))");
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(database.MigrateAsync);
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(database.MigrateAsync);
    }

    [Fact]
    public async Task A_migration_that_fails_leaves_word_of_how_far_it_came()
    {
        await using var database = new ScratchDatabase();
        await database.Dialect.CreateAsync(TestContext.Current.CancellationToken);
        await database.ExecuteAsync("create table expenses (in_the_way int not null, primary key (in_the_way))");
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(database.MigrateAsync);
        await database.ExecuteAsync("drop table expenses");
        Assert.Equal(All.Select(migration => migration.Name), await database.MigrateAsync());
        Assert.Empty(await database.VerifyAsync());
    }

    /// <summary>Every schema that was released, by the number of its last migration, but for the newest.</summary>
    public static TheoryData<int> Released => [.. Enumerable.Range(1, All.Count - 1)];

    [Theory]
    [MemberData(nameof(Released))]
    public async Task Expenses_of_every_released_schema_keep_their_figures(int newest)
    {
        await using var database = new ScratchDatabase();
        await database.ApplyByHandAsync(All[0]);
        var user = await database.AddUserAsync();
        var another = await database.AddUserAsync();
        var random = new Random(1);
        string[] texts = ["lunch", "cafe", "", "u bahn", "100%", "straße", "日本"];
        for (var index = 0; index < 60; index++)
        {
            var (owner, category) = (index % 3 == 0 ? another : user, random.Next(1, 7));
            var minor = index == 0 ? 999_999_999_999 : (long)Math.Pow(10, random.NextDouble() * 8) + 1;
            var date = new DateOnly(2023, 1, 1).AddDays(random.Next(700));
            var text = texts[random.Next(texts.Length)];
            await database.ExecuteAsync($"""
                insert into expenses (user_id, category_id, amount_minor, description, search_text, date, created_at, updated_at)
                values ({owner}, {category}, {minor}, '{text}', '{text}', '{date:yyyy-MM-dd}', '2024-11-05 12:00:00.000', '2024-11-05 12:00:00.000')
                """);
        }
        await database.ExecuteAsync(
            $"""
            insert into monthly_totals (user_id, month, category_id, expense_count, total_minor)
            select user_id, {database.Dialect.MonthOf("date")}, category_id, count(*), sum(amount_minor) from expenses group by user_id, {database.Dialect.MonthOf("date")}, category_id
            """,
            """
            update ledgers set expense_count = (select count(*) from expenses e where e.user_id = ledgers.user_id),
              total_minor = (select coalesce(sum(amount_minor), 0) from expenses e where e.user_id = ledgers.user_id)
            """);
        const string figures = "select id, user_id, category_id, amount_minor, amount, description, date, created_at, updated_at, version from expenses order by id";
        var before = await database.QueryAsync(figures);
        foreach (var migration in All.Skip(1).Take(newest - 1)) await database.ApplyByHandAsync(migration);

        Assert.Equal(All.Skip(newest).Select(migration => migration.Name), await database.MigrateAsync());

        Assert.Equal(60, before.Count);
        Assert.Equal(before, await database.QueryAsync(figures));
        Assert.Empty(await database.VerifyAsync());
        if (Engine.IsEmbedded) await MustBeACopyAsync(Path.Combine(database.Settings.DataDirectory, "backups", $"before-{All[^1].Name}.db"), newest, figures, before);
    }

    [Fact]
    public async Task A_new_database_and_one_that_is_up_to_date_are_not_copied()
    {
        await using var database = await NewMigratedAsync();
        Assert.Empty(await database.MigrateAsync());
        Assert.False(Directory.Exists(Path.Combine(database.Settings.DataDirectory, "backups")));
    }

    /// <summary>The copy holds what was there before the migration, and the schema of that time.</summary>
    private static async Task MustBeACopyAsync(string file, int newest, string figures, IReadOnlyList<string?[]> before)
    {
        await using var copy = new ExpenseIQ.Database.Dialects.SqliteDialect(file);
        await using var connection = await copy.OpenAsync(CancellationToken.None);
        await using var command = connection.CreateCommand();
        command.CommandText = "select max(number) from schema_migrations";
        Assert.Equal((long)newest, await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
        command.CommandText = $"select count(*) from ({figures})";
        Assert.Equal((long)before.Count, await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
        command.CommandText = "pragma integrity_check";
        Assert.Equal("ok", await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<ScratchDatabase> NewMigratedAsync()
    {
        var database = new ScratchDatabase();
        await database.MigrateAsync();
        return database;
    }
}
