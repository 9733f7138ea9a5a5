using ExpenseIQ.Tests.Running;

namespace ExpenseIQ.Tests.Web;

public sealed class ErrorAnswers(SharedApp shared)
{
    private static readonly string[] Paths =
    [
        "/", "/register", "/login", "/logout", "/dashboard", "/expenses", "/expenses/add", "/expenses/1/edit", "/expenses/1/delete",
        "/expenses/export/csv", "/api/analytics", "/api/descriptions", "/api/nothing", "/error", "/nothing", "/health/live", "/health/ready", "/css/tokens.css", "/admin",
    ];

    public static TheoryData<string> Verbs => ["PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE", "PROPFIND", "POST", "BREW"];

    [Theory]
    [InlineData("/nothing-here")]
    [InlineData("/expenses/nothing-here")]
    [InlineData("/css/nothing-here.css")]
    [InlineData("/error")]
    [InlineData("/Features/Expenses/Index")]
    [InlineData("/.env")]
    [InlineData("/appsettings.json")]
    [InlineData("/%2e%2e/%2e%2e/etc/passwd")]
    public async Task What_is_not_there_has_a_page_of_the_site_s_own_look(string path)
    {
        using var signedOut = shared.App.Open();
        using var signedIn = await shared.App.OpenAsNewUserAsync();
        var page = (await signedOut.GetAsync(path)).MustBe(404);
        Assert.Equal("text/html", page.MediaType);
        Assert.Contains("404", page.TextOf("main"), StringComparison.Ordinal);
        Assert.NotNull(page.Page.QuerySelector("a.brand"));
        Assert.NotNull(page.Page.QuerySelector("a[href='/login']"));
        Assert.NotEmpty(page.Page.QuerySelectorAll("link[rel='stylesheet']"));

        var own = (await signedIn.GetAsync(path)).MustBe(404);
        Assert.Contains("404", own.TextOf("main"), StringComparison.Ordinal);
        Assert.Contains(signedIn.Username, own.TextOf("aside"), StringComparison.Ordinal);
        Assert.Null(own.Page.QuerySelector("a[href='/login']"));
    }

    [Fact]
    public async Task The_api_answers_problems()
    {
        using var signedOut = shared.App.Open();
        using var signedIn = await shared.App.OpenAsNewUserAsync();
        foreach (var browser in new[] { signedOut, signedIn })
        {
            foreach (var (path, verb, status) in new[] { ("/api/nothing", "GET", 404), ("/api", "GET", 404), ("/API/nothing", "GET", 404), ("/api/analytics", "DELETE", 405) })
            {
                var answer = (await browser.SendAsync(HttpMethod.Parse(verb), path, null)).MustBe(status);
                Assert.Equal("application/problem+json", answer.MediaType);
                Assert.Equal(status, answer.Json.GetProperty("status").GetInt32());
            }
        }
    }

    [Fact]
    public async Task A_verb_that_a_page_does_not_have_is_named_in_the_site_s_own_look()
    {
        using var signedIn = await shared.App.OpenAsNewUserAsync();
        foreach (var (verb, path) in new[] { ("POST", "/dashboard"), ("PUT", "/expenses/add"), ("POST", "/expenses/export/csv"), ("DELETE", "/expenses"), ("PUT", "/login") })
        {
            var page = (await signedIn.SendAsync(HttpMethod.Parse(verb), path, null)).MustBe(405);
            Assert.Equal("text/html", page.MediaType);
            Assert.Contains("405", page.TextOf("main"), StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task No_verb_on_any_page_is_an_error_of_the_site(string verb)
    {
        using var signedOut = shared.App.Open();
        using var signedIn = await shared.App.OpenAsNewUserAsync();
        foreach (var path in Paths)
        {
            foreach (var browser in new[] { signedOut, signedIn })
            {
                var status = (await browser.SendAsync(HttpMethod.Parse(verb), path, null)).Status;
                Assert.True(status < 500, $"{verb} {path} answered {status}");
            }
        }
        Assert.True(await signedIn.IsSignedInAsync());
    }

    [Fact]
    public async Task A_failure_of_our_own_has_a_page_and_tells_nothing_of_the_inside()
    {
        await using var database = new ScratchDatabase();
        await using var app = await RunningApp.StartAsync(database.Settings);
        using var browser = await app.OpenAsNewUserAsync();
        await database.ExecuteAsync("alter table expenses rename to misplaced");
        var page = (await browser.GetAsync("/expenses?date_from=2024-01-01")).MustBe(500);
        Assert.Contains("500", page.TextOf("main"), StringComparison.Ordinal);
        Assert.NotNull(page.Page.QuerySelector("a.brand"));
        var problem = (await browser.GetAsync("/api/analytics")).MustBe(500);
        Assert.Equal("application/problem+json", problem.MediaType);
        Assert.All([page, problem], answer =>
        {
            Assert.DoesNotContain("Exception", answer.Text, StringComparison.Ordinal);
        });
        Assert.NotEmpty(app.Errors.Lines);
    }

    [Fact]
    public async Task Without_its_tables_even_the_error_has_a_page()
    {
        await using var database = new ScratchDatabase();
        await using var app = await RunningApp.StartAsync(database.Settings);
        using var browser = await app.OpenAsNewUserAsync();
        await database.ExecuteAsync("alter table ledgers rename to misplaced");
        var page = (await browser.GetAsync("/dashboard")).MustBe(500);
        Assert.Equal("text/html", page.MediaType);
        Assert.Contains("500", page.TextOf("main"), StringComparison.Ordinal);
        await database.ExecuteAsync("alter table misplaced rename to ledgers");
        Assert.True(await browser.IsSignedInAsync());
    }
}
