using ExpenseIQ.Database;
using ExpenseIQ.Tests.Running;

namespace ExpenseIQ.Tests.Database;

public sealed class SchemaByHand
{
    [Fact]
    [Trait("Engine", "none")]
    public void The_file_at_the_root_is_what_the_program_writes()
    {
        var path = Path.Combine(Repository.Root, "schema.sql");
        Assert.True(File.Exists(path), "schema.sql is missing: dotnet run --project src/ExpenseIQ -- schema > schema.sql");
        Assert.Equal(SchemaScript.Write(), File.ReadAllText(path));
    }

    /// <summary>The script is for servers; on the embedded database its history row is what a migration itself writes.</summary>
    [Fact]
    public async Task A_database_made_with_it_is_taken_as_migrated_and_works()
    {
        await using var database = new ScratchDatabase();
        if (database.Settings.MySql is { } server)
        {
            var script = SchemaScript.Write().Replace("smart_expense_tracker", server.Database, StringComparison.Ordinal);
            await database.Dialect.CreateAsync(TestContext.Current.CancellationToken);
            await database.ExecuteAsync(script);
            Assert.Empty(await database.MigrateAsync());
        }
        await using var app = await RunningApp.StartAsync(database.Settings);
        using var browser = await app.OpenAsNewUserAsync();
        await browser.AddExpenseAsync("12.50", "2024-11-05");
        Assert.Equal(12.50m, (await browser.AnalyticsAsync("2024-11")).Json.GetProperty("month_total").GetDecimal());
        Assert.Empty(await app.VerifyAsync());
    }
}
