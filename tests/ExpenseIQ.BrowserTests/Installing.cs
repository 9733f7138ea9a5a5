using System.Text.RegularExpressions;
using ExpenseIQ.BrowserTests.Pages;
using Microsoft.Playwright;

namespace ExpenseIQ.BrowserTests;

/// <summary>What a browser keeps of the site beside its own cache.</summary>
public sealed partial class Installing(Site site)
{
    [Fact]
    public Task The_service_worker_keeps_files_and_no_page() => Journey.RunAsync(site, async page =>
    {
        await new AccountPages(page).RegisterAsync("installer");
        Assert.Equal($"{site.Address}/", await ServiceWorker.ReadyAsync(page));
        foreach (var path in new[] { "/dashboard", "/expenses", "/expenses/add", "/offline" }) await page.GotoAsync(path);
        await page.EvaluateAsync("() => fetch('/api/analytics')");

        var kept = await page.EvaluateAsync<string[]>(
            """
            async () => {
              const caches = await Promise.all((await self.caches.keys()).map((name) => self.caches.open(name)));
              const requests = await Promise.all(caches.map((cache) => cache.keys()));
              return requests.flat().map((request) => new URL(request.url).pathname);
            }
            """);
        Assert.Contains("/offline", kept);
        Assert.Contains(kept, path => path.StartsWith("/css/tokens.", StringComparison.Ordinal));
        Assert.All(kept, path => Assert.Matches("^/(offline$|css/|js/|img/|lib/)", path));
    });

    [Fact]
    public Task Another_build_drops_what_the_one_before_kept() => Journey.RunAsync(site, async page =>
    {
        // What an older build's page names.
        await page.RouteAsync("**/login", async route =>
        {
            var answer = await route.FetchAsync();
            await route.FulfillAsync(new RouteFulfillOptions { Response = answer, Body = AnyBuild().Replace(await answer.TextAsync(), "${1}0123456789abcdef") });
        });
        await page.GotoAsync("/login");
        await ServiceWorker.ReadyAsync(page);
        Assert.Equal(["expenseiq-0123456789abcdef"], await page.EvaluateAsync<string[]>("() => caches.keys()"));

        await page.GotoAsync("/register");
        var build = await page.Locator("meta[name=build]").GetAttributeAsync("content");
        await page.WaitForFunctionAsync("async (name) => (await caches.keys()).join() === name", $"expenseiq-{build}");
    });

    [Fact]
    public Task No_other_script_becomes_a_worker() => Journey.RunAsync(site, async page =>
    {
        await page.GotoAsync("/login");
        await ServiceWorker.ReadyAsync(page);
        Assert.Equal(
            "TypeError",
            await page.EvaluateAsync<string>("() => navigator.serviceWorker.register('/js/app.js').then(() => 'registered', (error) => error.name)"));
    }, allowed: "TrustedScriptURL");

    [GeneratedRegex("(name=\"build\" content=\")[0-9a-f]+")]
    private static partial Regex AnyBuild();
}
