using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using ExpenseIQ.BrowserTests.Pages;
using Microsoft.Playwright;

namespace ExpenseIQ.BrowserTests;

/// <summary>The network goes and comes back.</summary>
public sealed partial class Offline(Site site)
{
    [Theory]
    [InlineData(ColorScheme.Light, "rgb(251, 249, 245)")]
    [InlineData(ColorScheme.Dark, "rgb(23, 21, 19)")]
    public Task A_page_that_can_t_be_had_says_so_and_comes_when_it_can(ColorScheme scheme, string paper) => Journey.RunAsync(
        site,
        async page =>
        {
            await page.GotoAsync("/login");
            await ServiceWorker.ReadyAsync(page);
            await page.Context.SetOfflineAsync(true);
            var answer = await page.GotoAsync("/register");
            Assert.Equal(503, answer!.Status);
            await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("ExpenseIQ’s server can’t be reached");
            Assert.Equal(paper, await page.EvaluateAsync<string>("() => getComputedStyle(document.documentElement).backgroundColor"));
            Assert.True(await page.EvaluateAsync<bool>("() => document.fonts.ready.then(() => document.fonts.check('16px Inter'))"));
            var found = await page.RunAxe();
            Assert.True(found.Violations.Length == 0, string.Join("; ", found.Violations.Select(rule => rule.Id)));

            var again = page.GetByRole(AriaRole.Link, new() { Name = "Try again" });
            await again.ClickAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("ExpenseIQ’s server can’t be reached");

            await page.Context.SetOfflineAsync(false);
            await Assertions.Expect(page).ToHaveTitleAsync(CreateAccount());
            Assert.Equal($"{site.Address}/register", page.Url);
        },
        new BrowserNewContextOptions { ColorScheme = scheme });

    [Fact]
    public Task What_was_typed_is_kept_where_it_can_t_be_sent() => Journey.RunAsync(site, async page =>
    {
        await new AccountPages(page).RegisterAsync("tunnel");
        await page.GotoAsync("/expenses/add");
        await page.GetByLabel("Amount").FillAsync("42.42");
        await page.GetByRole(AriaRole.Radio, new() { Name = "Food", Exact = true }).CheckAsync();
        await page.GetByLabel("Description").FillAsync("in a tunnel");
        var (send, message) = (page.GetByRole(AriaRole.Button, new() { Name = "Add expense" }), page.Locator("main form [role=alert]"));

        await page.Context.SetOfflineAsync(true);
        await send.ClickAsync();
        await Assertions.Expect(message).ToHaveTextAsync("You are offline. Nothing was sent; what you typed is still here.");
        Assert.Equal("42.42", await page.GetByLabel("Amount").InputValueAsync());
        Assert.Equal("in a tunnel", await page.GetByLabel("Description").InputValueAsync());
        await page.Context.SetOfflineAsync(false);
        await Assertions.Expect(message).ToHaveCountAsync(0);

        // A network without this server in it, of which the browser says that it is online.
        await page.RouteAsync("**/health/live", route => route.AbortAsync());
        await send.ClickAsync();
        await Assertions.Expect(message).ToHaveTextAsync("ExpenseIQ’s server can’t be reached. Nothing was sent; what you typed is still here.");
        await page.UnrouteAsync("**/health/live");

        await send.ClickAsync();
        await page.WaitForURLAsync("**/expenses");
        Assert.Equal("1", await new ExpensePages(page).CountAsync());
    });

    [GeneratedRegex("account", RegexOptions.IgnoreCase)]
    private static partial Regex CreateAccount();
}
