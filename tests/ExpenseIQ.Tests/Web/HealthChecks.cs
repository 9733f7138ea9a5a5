using ExpenseIQ.Tests.Running;

namespace ExpenseIQ.Tests.Web;

public sealed class HealthChecks
{
    [Fact]
    public async Task Lives_always_and_is_ready_while_the_database_answers()
    {
        await using var database = new ScratchDatabase();
        await using var app = await RunningApp.StartAsync(database.Settings);
        using var watcher = app.Open();
        (await watcher.GetAsync("/health/live")).MustBe(200);
        (await watcher.GetAsync("/health/ready")).MustBe(200);

        await database.ExecuteAsync("alter table site rename to misplaced");
        (await watcher.GetAsync("/health/live")).MustBe(200);
        (await watcher.GetAsync("/health/ready")).MustBe(503);

        await database.ExecuteAsync("alter table misplaced rename to site");
        (await watcher.GetAsync("/health/ready")).MustBe(200);
    }
}
