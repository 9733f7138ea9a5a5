using System.Text.Json;
using ExpenseIQ.Tests.CommandLine;
using ExpenseIQ.Tests.Running;

namespace ExpenseIQ.Tests.Observing;

public sealed class LogLines
{
    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    public async Task Each_event_is_one_line_and_a_failed_request_s_says_its_id(string format)
    {
        await using var database = new ScratchDatabase();
        using var program = ProgramRun.Start(database, [], ("LOG_FORMAT", format), ("ASPNETCORE_ENVIRONMENT", "Production"), ("SECRET_KEY", new string('k', 32)));
        using var browser = new Browser(await program.ServesAsync("Now listening on: "), "en-US");
        await browser.RegisterAsync();
        await database.ExecuteAsync("alter table expenses rename to misplaced");
        var page = (await browser.GetAsync("/expenses?date_from=2024-01-01")).MustBe(500);
        var problem = (await browser.GetAsync("/api/analytics")).MustBe(500);
        Assert.Equal(0, await program.StopAsync());

        var lines = program.Output.TrimEnd('\n').Split('\n');
        Assert.All(lines, line => Assert.Matches(format == "json" ? @"^\{.*\}$" : @"^(info|warn|fail): [A-Za-z.]+\[\d+\] ", line));
        Assert.Equal("", program.Errors);
        foreach (var (answer, route) in new[] { (page, "GET /expenses"), (problem, "GET /api/analytics") })
        {
            var id = answer.Headers["X-Request-Id"];
            Assert.Matches("^[0-9a-f]{32}$", id);
            var line = Assert.Single(lines, text => text.Contains(id, StringComparison.Ordinal));
            Assert.Contains($"{route} answered 500.", line, StringComparison.Ordinal);
            Assert.Contains("Exception", line, StringComparison.Ordinal);
            if (format == "json") CheckFields(JsonDocument.Parse(line).RootElement, id, route);
        }
    }

    [Fact]
    public async Task What_an_account_is_refused_is_a_line_and_what_was_mistyped_is_none()
    {
        await using var database = new ScratchDatabase();
        using var program = ProgramRun.Start(database, [], ("LOG_FORMAT", "text"), ("ASPNETCORE_ENVIRONMENT", "Production"), ("SECRET_KEY", new string('k', 32)));
        var address = await program.ServesAsync("Now listening on: ");
        using var visitor = new Browser(address, "en-US");
        (await visitor.GetAsync("/expenses/4711/edit")).MustBe(302);
        (await visitor.GetAsync("/nothing-here")).MustBe(404);
        using var owner = new Browser(address, "en-US");
        await owner.RegisterAsync();
        var id = await database.ScalarAsync("select id from users");
        (await owner.GetAsync("/nothing-here?search=secret")).MustBe(404);
        (await owner.PostFormAsync("/expenses/add", ("amount", "much"))).MustBe(422);
        (await owner.GetAsync("/expenses?date_from=2026-02-30")).MustBe(400);
        (await owner.GetAsync("/expenses/4711/edit?search=secret")).MustBe(404);
        (await owner.PostAsync("/settings", new Dictionary<string, string>(StringComparer.Ordinal) { ["csrf_token"] = "secret" })).MustBe(400);
        for (var time = 0; time < 80; time++) (await owner.GetAsync("/expenses/4712/edit")).MustBe(404);
        Assert.Equal(0, await program.StopAsync());
        var refusals = program.Output.Split('\n').Where(line => line.Contains("was refused", StringComparison.Ordinal)).ToList();
        Assert.Contains($"GET /expenses/{{id:long}}/edit was refused (404) to account {id}.", refusals[0], StringComparison.Ordinal);
        Assert.Contains($"POST /settings was refused (400) to account {id}.", refusals[1], StringComparison.Ordinal);
        Assert.InRange(refusals.Count, 60, 62);
        Assert.DoesNotContain("secret", program.Output, StringComparison.Ordinal);
    }

    private static void CheckFields(JsonElement line, string id, string route)
    {
        Assert.Equal(id, line.GetProperty("requestId").GetString());
        Assert.Equal("Error", line.GetProperty("level").GetString());
        Assert.Equal(route, $"{line.GetProperty("values").GetProperty("Method")} {line.GetProperty("values").GetProperty("Route")}");
        Assert.Equal(500, line.GetProperty("values").GetProperty("Status").GetInt32());
        Assert.EndsWith("Z", line.GetProperty("time").GetString(), StringComparison.Ordinal);
        Assert.Contains("   at ", line.GetProperty("exception").GetString(), StringComparison.Ordinal);
    }
}
