using ExpenseIQ.Database;
using ExpenseIQ.Tests.Running;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ExpenseIQ.Tests.Reliability;

/// <summary>The line to the database's server breaks wherever it can.</summary>
[Trait("Engine", "server")]
public sealed class BrokenConnections(SharedApp shared)
{
    /// <summary>More than a form takes from the sign-in check to the commit, with the retries that a break causes.</summary>
    private const int MostTurns = 14;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_form_acts_once_wherever_the_line_breaks(bool answer)
    {
        await using var line = Line();
        await using var app = await StartAsync(line);
        using var browser = await app.OpenAsNewUserAsync();
        var breaks = 0;
        for (var turn = 1; turn <= MostTurns; turn++)
        {
            var form = Browser.Fill(await browser.GetAsync("/expenses/add"), ("amount", "1"), ("category_id", "1"), ("description", $"turn {turn}"), ("date", "2024-11-05"));
            line.BreakAt(turn, answer);
            (await browser.PostAsync("/expenses/add", form)).MustBe(302);
            breaks += line.HasBroken ? 1 : 0;
            line.Up();
        }
        var added = await app.ExpensesOfAsync(browser);
        Assert.Equal(Enumerable.Range(1, MostTurns).Select(turn => $"turn {turn}"), added.Select(row => row.Description));
        Assert.InRange(breaks, 4, MostTurns);

        foreach (var (row, turn) in added.Select((row, index) => (row, index + 1)))
        {
            var form = Browser.Fill(await browser.GetAsync($"/expenses/{row.Id}/edit"), ("amount", $"{turn + 1}"));
            line.BreakAt(turn, answer);
            (await browser.PostAsync($"/expenses/{row.Id}/edit", form)).MustBe(302);
            line.Up();
        }
        Assert.Equal(added.Select((_, index) => (index + 2) * 100L), (await app.ExpensesOfAsync(browser)).Select(row => row.AmountMinor));

        foreach (var (row, turn) in added.Select((row, index) => (row, index + 1)).Where(pair => pair.Item2 % 2 == 0))
        {
            var form = Browser.Fill(await browser.GetAsync($"/expenses/{row.Id}/delete"));
            line.BreakAt(turn, answer);
            (await browser.PostAsync($"/expenses/{row.Id}/delete", form)).MustBe(302);
            line.Up();
        }
        Assert.Equal(MostTurns / 2, (await app.ExpensesOfAsync(browser)).Count);
        Assert.Empty(await app.VerifyAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_registration_makes_one_account_wherever_the_line_breaks(bool answer)
    {
        await using var line = Line();
        await using var app = await StartAsync(line);
        for (var turn = 1; turn <= 10; turn++)
        {
            using var browser = app.Open();
            await browser.GetAsync("/register");
            line.BreakAt(turn, answer);
            await browser.RegisterAsync();
            line.Up();
            Assert.True(await browser.IsSignedInAsync());
        }
    }

    [Fact]
    public async Task While_the_database_is_away_nothing_typed_is_lost_and_it_comes_back_by_itself()
    {
        await using var line = Line();
        await using var app = await StartAsync(line, patience: TimeSpan.FromSeconds(1));
        using var browser = await app.OpenAsNewUserAsync();
        var form = Browser.Fill(await browser.GetAsync("/expenses/add"), ("amount", "12+3.50"), ("category_id", "1"), ("description", "Lunch <b>"), ("date", "2024-11-05"));

        line.Down();
        var away = (await browser.PostAsync("/expenses/add", form)).MustBe(503);
        Assert.Equal("The database is away", away.TextOf("h1"));
        Assert.Contains("was not saved", away.TextOf("[role=alert]"), StringComparison.Ordinal);
        Assert.Contains("Lunch <b>", away.TextOf(".typed"), StringComparison.Ordinal);
        Assert.Null(away.Page.QuerySelector("a[href='/login']"));
        Assert.Equal("5", away.Headers["Retry-After"]);
        Assert.Equal("text/html", (await browser.GetAsync("/expenses")).MustBe(503).MediaType);
        Assert.Equal("application/problem+json", (await browser.GetAsync("/api/analytics")).MustBe(503).MediaType);
        (await browser.GetAsync("/health/ready")).MustBe(503);
        (await browser.GetAsync("/health/live")).MustBe(200);
        (await browser.GetAsync("/css/tokens.css")).MustBe(200);

        line.Up();
        (await browser.GetAsync("/health/ready")).MustBe(200);
        (await browser.PostAsync("/expenses/add", Browser.Fill(away))).MustBe(302);
        (await browser.PostAsync("/expenses/add", Browser.Fill(away))).MustBe(302);
        Assert.Equal(1550, Assert.Single(await app.ExpensesOfAsync(browser)).AmountMinor);
    }

    [Fact]
    public async Task A_commit_that_nobody_heard_of_is_said_to_be_so_and_acts_once()
    {
        await using var line = Line();
        await using var app = await StartAsync(line, patience: TimeSpan.FromSeconds(1));
        using var browser = await app.OpenAsNewUserAsync();
        line.StaysUp = false;
        var unknown = 0;
        for (var turn = 1; turn <= 8; turn++)
        {
            var form = Browser.Fill(await browser.GetAsync("/expenses/add"), ("amount", "1"), ("category_id", "1"), ("description", $"turn {turn}"), ("date", "2024-11-05"));
            line.BreakAt(turn, answer: true);
            var answer = await browser.PostAsync("/expenses/add", form);
            line.Up();
            if (answer.Status == 302) continue;
            answer.MustBe(503);
            if (answer.TextOf("[role=alert]").Contains("not known", StringComparison.Ordinal)) unknown++;
            (await browser.PostAsync("/expenses/add", Browser.Fill(answer))).MustBe(302);
        }
        Assert.Equal(1, unknown);
        Assert.Equal(Enumerable.Range(1, 8).Select(turn => $"turn {turn}"), (await app.ExpensesOfAsync(browser)).Select(row => row.Description));
        Assert.Empty(await app.VerifyAsync());
    }

    [Fact]
    public async Task Another_server_takes_over_where_several_are_named()
    {
        await using var first = Line();
        await using var second = Line();
        await using var app = await StartAsync([first, second]);
        using var browser = await app.OpenAsNewUserAsync();
        foreach (var (down, up) in new[] { (first, second), (second, first) })
        {
            up.Up();
            down.Down();
            await browser.AddExpenseAsync("1", "2024-11-05");
            (await browser.GetAsync("/expenses")).MustBe(200);
        }
        Assert.Equal(2, (await app.ExpensesOfAsync(browser)).Count);
    }

    [Fact]
    public async Task Two_instances_are_one_site()
    {
        await using var other = await shared.StartAnotherAsync();
        using var here = await shared.App.OpenAsNewUserAsync();
        using var there = other.Open();
        there.TakeCookiesOf(here);
        Assert.True(await there.IsSignedInAsync());
        var form = Browser.Fill(await here.GetAsync("/expenses/add"), ("amount", "1"), ("category_id", "1"), ("description", "Once"), ("date", "2024-11-05"));
        (await there.PostAsync("/expenses/add", form)).MustBe(302);
        (await here.PostAsync("/expenses/add", form)).MustBe(302);
        Assert.Single(await other.ExpensesOfAsync(here));
        (await here.AnalyticsAsync("2024-11")).MustBe(200);
        await there.AddExpenseAsync("2", "2024-11-05");
        Assert.Equal(3, (await here.AnalyticsAsync("2024-11")).Json.GetProperty("month_total").GetDouble());
    }

    private Relay Line() => shared.Database.Settings.MySql is { } server
        ? new Relay(server.Host, server.Port)
        : throw new InvalidOperationException("This needs a server: EXPENSEIQ_TEST_ENGINE is mariadb or mysql.");

    private Task<RunningApp> StartAsync(Relay line, TimeSpan? patience = null) => StartAsync([line], patience);

    private Task<RunningApp> StartAsync(IReadOnlyList<Relay> lines, TimeSpan? patience = null)
    {
        var settings = shared.Database.Settings;
        var host = string.Join(',', lines.Select(line => $"127.0.0.1:{line.Port}"));
        return RunningApp.StartAsync(
            settings with { MySql = settings.MySql! with { Host = host, Port = lines[0].Port } },
            replace: services => services.Replace(ServiceDescriptor.Singleton(new Outage(patience ?? Outage.UsualPatience))));
    }
}
