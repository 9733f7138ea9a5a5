using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using ExpenseIQ.BrowserTests.Pages;
using Microsoft.Playwright;

namespace ExpenseIQ.BrowserTests;

/// <summary>What holds on each page: no barrier that axe knows, no sideways scrolling, and use without scripts.</summary>
public sealed class EveryPage(Site site)
{
    private static readonly string[] SignedOut = ["/", "/login", "/register", "/forgot", "/reset", "/goodbye", "/nothing-here"];
    private static readonly string[] SignedIn =
    [
        "/dashboard", "/expenses", "/expenses?search=nothing+like+it", "/expenses?date_from=2026-02-30", "/expenses/add", "/expenses/samples", "/settings",
        "/settings/security", "/settings/security/codes", "/settings/security/password", "/settings/security/passkeys", "/settings/security/activity", "/confirm",
        "/settings/account", "/settings/account?download=1", "/settings/account/email", "/settings/account/email/confirm", "/settings/account/delete", "/logout", "/nothing-here",
    ];

    private static readonly string[] Administrators = ["/admin", "/admin?search=nobody+of+that+name", "/admin/users/1/disable"];

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public Task Has_no_barrier_in_either_theme_and_does_not_scroll_sideways(int width) => Journey.RunAsync(
        site,
        async page =>
        {
            foreach (var path in SignedOut) await CheckAsync(page, path);
            await FillAccountAsync(page, $"everypage_{width}");
            foreach (var path in SignedIn) await CheckAsync(page, path);
            await site.MakeAdministratorAsync($"everypage_{width}");
            foreach (var path in Administrators) await CheckAsync(page, path);
            await page.GotoAsync("/expenses");
            await page.Locator("a[data-delete]").First.ClickAsync();
            await CheckAsync(page, "the delete dialog");
            await page.GetByRole(AriaRole.Button, new() { Name = "Keep it" }).ClickAsync();
            await page.Locator("td.description a").First.ClickAsync();
            await page.WaitForURLAsync("**/edit");
            await CheckAsync(page, "the form of an expense");
            await page.GotoAsync("/dashboard");
            foreach (var (key, dialog) in new[] { ("n", ".quick-add form"), ("?", ".shortcuts"), ("Control+k", ".palette") })
            {
                await page.Keyboard.PressAsync(key);
                await page.Locator(dialog).WaitForAsync();
                await CheckAsync(page, $"the dialog {dialog}");
                await page.Keyboard.PressAsync("Escape");
            }
            await page.GotoAsync("/expenses/add");
            await page.GetByRole(AriaRole.Button, new() { Name = "Add expense" }).ClickAsync();
            await page.Locator("#amount-error").WaitForAsync();
            await CheckAsync(page, "the form with messages");
            if (await page.Locator("[data-sidebar-open]").IsHiddenAsync()) return;
            await page.Locator("[data-sidebar-open]").ClickAsync();
            await CheckAsync(page, "the menu");
            await page.Keyboard.PressAsync("Escape");
            Assert.False(await page.Locator("#sidebar").IsVisibleAsync());
        },
        new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = 800 }, ReducedMotion = ReducedMotion.Reduce });

    [Fact]
    public Task Fits_the_narrowest_phone() => Journey.RunAsync(
        site,
        async page =>
        {
            await FillAccountAsync(page, "narrow");
            await site.MakeAdministratorAsync("narrow");
            foreach (var path in SignedIn.Concat(Administrators))
            {
                await page.GotoAsync(path);
                Assert.InRange(await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"), 300, 320); // a scrollbar may take some
            }
        },
        new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 320, Height = 640 } });

    [Fact]
    public Task Works_without_scripts() => Journey.RunAsync(
        site,
        async page =>
        {
            await FillAccountAsync(page, "scriptless");
            await page.GotoAsync("/dashboard");
            Assert.True(await page.Locator("#months").IsVisibleAsync());
            Assert.True(await page.Locator("#categories").IsVisibleAsync());
            Assert.False(await page.Locator("canvas").First.IsVisibleAsync());

            await page.GotoAsync("/expenses");
            await page.Locator("a[data-delete]").First.ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
            Assert.Equal("0", await new ExpensePages(page).CountAsync());
        },
        new BrowserNewContextOptions { JavaScriptEnabled = false });

    [Fact]
    public Task The_menu_of_a_phone_opens_and_closes_without_scripts() => Journey.RunAsync(
        site,
        async page =>
        {
            await new AccountPages(page).RegisterAsync("scriptless_phone");
            Assert.False(await page.Locator("#sidebar").IsVisibleAsync());
            await page.GetByRole(AriaRole.Link, new() { Name = "Menu", Exact = true }).ClickAsync();
            await page.Locator("#sidebar").WaitForAsync();
            await page.GetByRole(AriaRole.Link, new() { Name = "Close menu" }).ClickAsync();
            await page.Locator("#sidebar").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Hidden });
        },
        new BrowserNewContextOptions { JavaScriptEnabled = false, ViewportSize = new ViewportSize { Width = 390, Height = 800 } });

    private static async Task FillAccountAsync(IPage page, string username)
    {
        await new AccountPages(page).RegisterAsync(username);
        await new ExpensePages(page).AddAsync("12.50", "Food", "A description that is long enough to need more than one line on any phone that there is");
    }

    private static async Task CheckAsync(IPage page, string path)
    {
        if (path.StartsWith('/')) await page.GotoAsync(path);
        // Between the themes nothing differs but the colours.
        await CheckAsync(page, path, ColorScheme.Light, new AxeRunOptions());
        await CheckAsync(page, path, ColorScheme.Dark, new AxeRunOptions { RunOnly = new RunOnlyOptions { Type = "rule", Values = ["color-contrast"] } });
        var (wide, width) = (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"), page.ViewportSize!.Width);
        Assert.True(wide <= width, $"{path} is {wide} wide in a window of {width}");
    }

    private static async Task CheckAsync(IPage page, string path, ColorScheme scheme, AxeRunOptions rules)
    {
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
        var found = await page.RunAxe(rules);
        Assert.True(found.Violations.Length == 0, $"{path}, {scheme}: {string.Join("; ", found.Violations.Select(rule => $"{rule.Id} at {rule.Nodes[0].Html}"))}");
    }
}
