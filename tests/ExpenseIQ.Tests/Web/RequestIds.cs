using ExpenseIQ.Tests.Running;

namespace ExpenseIQ.Tests.Web;

public sealed class RequestIds
{
    [Fact]
    public async Task A_failure_of_our_own_can_be_named_and_nothing_else_is()
    {
        await using var database = new ScratchDatabase();
        await using var app = await RunningApp.StartAsync(database.Settings);
        using var browser = await app.OpenAsNewUserAsync();
        var missing = (await browser.GetAsync("/nothing-here")).MustBe(404);
        var refused = (await browser.GetAsync("/api/nothing")).MustBe(404);
        Assert.All([missing, refused], answer => Assert.DoesNotContain("X-Request-Id", answer.Headers.Keys));
        Assert.Null(missing.Page.QuerySelector(".request-id"));
        Assert.False(refused.Json.TryGetProperty("requestId", out _));

        await database.ExecuteAsync("alter table expenses rename to misplaced");
        var page = (await browser.GetAsync("/expenses?date_from=2024-01-01")).MustBe(500);
        Assert.Equal(page.Headers["X-Request-Id"], page.TextOf(".request-id code"));
        var problem = (await browser.GetAsync("/api/analytics")).MustBe(500);
        Assert.Equal(problem.Headers["X-Request-Id"], problem.Json.GetProperty("requestId").GetString());
        Assert.NotEqual(page.Headers["X-Request-Id"], problem.Headers["X-Request-Id"]);

        await database.ExecuteAsync("alter table site rename to mislaid");
        Assert.Matches("^[0-9a-f]{32}$", (await browser.GetAsync("/health/ready")).MustBe(503).Headers["X-Request-Id"]);
    }
}
