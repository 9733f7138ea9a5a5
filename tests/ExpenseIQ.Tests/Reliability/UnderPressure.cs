using System.Diagnostics;
using ExpenseIQ.Tests.Running;

namespace ExpenseIQ.Tests.Reliability;

public sealed class UnderPressure(SharedApp shared)
{
    [Fact]
    public async Task A_flood_of_sign_ins_is_turned_away_at_once_and_starves_nobody()
    {
        await using var app = await shared.StartAnotherAsync(change: settings => settings with { BcryptCost = 10 });
        using var somebody = await app.OpenAsNewUserAsync();
        using var flood = app.Open();
        var form = Browser.Fill(await flood.GetAsync("/login"), ("email", "nobody@example.org"), ("password", "a wrong password"));

        var answers = Enumerable.Range(0, 120).Select(_ => flood.PostAsync("/login", form)).ToList();
        var first = await await Task.WhenAny(answers);
        Assert.Equal(503, first.MustBe(503).Status);
        Assert.Equal("5", first.Headers["Retry-After"]);
        Assert.Equal("Too much at once", first.TextOf("h1"));
        Assert.Equal("/login", first.Page.QuerySelector("main a.button-primary")?.GetAttribute("href"));
        Assert.DoesNotContain("a wrong password", first.Text, StringComparison.Ordinal);

        // While the queue is worked off, everybody else is served.
        (await somebody.GetAsync("/expenses")).MustBe(200);
        Assert.Contains(answers, answer => !answer.IsCompleted);

        var statuses = (await Task.WhenAll(answers)).CountBy(answer => answer.Status).ToDictionary();
        // Those whose turn came: the first few wrong, then told to wait.
        Assert.Equal([422, 429, 503], statuses.Keys.Order());
        Assert.InRange(statuses[422] + statuses[429], 41, 60);
    }

    [Fact]
    public async Task A_stop_is_announced_before_it_comes_and_finishes_what_is_in_flight()
    {
        var app = await shared.StartAnotherAsync(change: settings => settings with { Drain = TimeSpan.FromSeconds(2) });
        using var browser = await app.OpenAsNewUserAsync();
        (await browser.GetAsync("/health/ready")).MustBe(200);

        var watch = Stopwatch.StartNew();
        var stopping = app.StopAsync();
        for (var ready = 200; ready != 503; ready = (await browser.GetAsync("/health/ready")).Status) Assert.InRange(watch.Elapsed.TotalSeconds, 0, 1.5);
        (await browser.GetAsync("/health/live")).MustBe(200);
        var answer = (await browser.GetAsync("/expenses")).MustBe(200);
        Assert.Equal("close", answer.Headers["Connection"]);
        await browser.AddExpenseAsync("1", "2024-11-05");
        Assert.False(stopping.IsCompleted);

        await stopping;
        await app.DisposeAsync();
        Assert.InRange(watch.Elapsed.TotalSeconds, 1.9, 20);
        await Assert.ThrowsAsync<HttpRequestException>(() => browser.GetAsync("/health/live"));
        Assert.Single(await shared.App.ExpensesOfAsync(browser));
    }
}
