using System.Text.Json;
using ExpenseIQ.BrowserTests.Pages;
using Microsoft.Playwright;

namespace ExpenseIQ.BrowserTests;

/// <summary>A site at a path of a host, which has others.</summary>
public sealed class BelowAPath(Site site)
{
    [Fact]
    public async Task Everything_stays_below_it()
    {
        await using var app = await site.StartBelowAsync("/money");
        var address = $"{app.Urls.Single()}/money/";
        // Any other address that is asked is a complaint.
        await Journey.RunAsync(site, page => VisitAsync(page, address), new BrowserNewContextOptions { BaseURL = address });
    }

    private static async Task VisitAsync(IPage page, string address)
    {
        var (accounts, expenses, dialog, keys, failures) = (new AccountPages(page), new ExpensePages(page), new QuickAddDialog(page), page.Keyboard, new List<string>());
        page.RequestFailed += (_, request) =>
        {
            // A page that is left ends what it had begun to ask.
            if (request.Failure != "net::ERR_ABORTED") failures.Add($"{request.Url}: {request.Failure}");
        };
        page.Response += (_, response) =>
        {
            if (response.Status >= 400) failures.Add($"{response.Url} answered {response.Status}");
        };
        page.Console += (_, message) =>
        {
            if (message.Type == "error") failures.Add(message.Text);
        };

        await accounts.RegisterAsync("tenant");
        Assert.Equal(address, await ServiceWorker.ReadyAsync(page));
        await accounts.SignOutAsync();
        await page.GotoAsync("expenses?sort=date_asc");
        await accounts.SignInAsync("tenant");
        await page.WaitForURLAsync($"{address}expenses?sort=date_asc");
        await page.WaitForLoadStateAsync();

        await keys.PressAsync("n");
        await dialog.FillAsync("4.20", "Food", "Tea");
        await dialog.SaveAsync();
        await expenses.SeeAsync("Added Tea, $4.20");
        await keys.PressAsync("g");
        await keys.PressAsync("d");
        await page.WaitForURLAsync($"{address}dashboard");
        await page.WaitForLoadStateAsync();
        await keys.PressAsync("g");
        await keys.PressAsync("e");
        await page.WaitForURLAsync($"{address}expenses");
        await page.WaitForLoadStateAsync();
        await keys.PressAsync("/");
        await keys.TypeAsync("tea");
        await page.WaitForURLAsync($"{address}expenses?search=tea");
        await expenses.DeleteAsync("Tea");
        await page.Locator(".toasts").GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await expenses.SeeAsync("Restored Tea");
        await keys.PressAsync("Control+k");
        await page.Locator(".palette").WaitForAsync();
        await keys.TypeAsync("sett");
        await keys.PressAsync("Enter");
        await page.WaitForURLAsync($"{address}settings");

        var manifest = (await (await page.Context.NewCDPSessionAsync(page)).SendAsync("Page.getAppManifest"))!.Value;
        Assert.StartsWith($"{address}manifest.", manifest.GetProperty("url").GetString(), StringComparison.Ordinal);
        Assert.Empty(manifest.GetProperty("errors").EnumerateArray());
        using var parts = JsonDocument.Parse(manifest.GetProperty("data").GetString()!);
        Assert.Equal("ExpenseIQ", parts.RootElement.GetProperty("name").GetString());
        Assert.Empty(failures);

        await page.Context.SetOfflineAsync(true);
        Assert.Equal(503, (await page.GotoAsync("expenses"))!.Status);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("ExpenseIQ’s server can’t be reached");
        Assert.True(await page.EvaluateAsync<bool>("() => document.fonts.ready.then(() => document.fonts.check('16px Inter'))"));
        Assert.All(await page.EvaluateAsync<string[]>("() => caches.keys()"), name => Assert.StartsWith("expenseiq/money-", name, StringComparison.Ordinal));
        await page.Context.SetOfflineAsync(false);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Expenses");
        Assert.Equal($"{address}expenses", page.Url);
    }

    [Fact]
    public async Task Whoever_signs_in_at_one_site_of_a_host_stays_signed_in_at_the_others()
    {
        // A port is no part of what a cookie belongs to.
        await using var money = await site.StartBelowAsync("/money");
        await using var house = await site.StartBelowAsync("/money/house");
        string[] addresses = [$"{site.Address}/", $"{money.Urls.Single()}/money/", $"{house.Urls.Single()}/money/house/"];
        await using var context = await site.NewContextAsync(new BrowserNewContextOptions());
        var page = await context.NewPageAsync();
        foreach (var address in addresses)
        {
            await page.GotoAsync($"{address}register");
            await new AccountPages(page).FillRegistrationAsync("landlord");
        }
        foreach (var address in addresses)
        {
            await page.GotoAsync($"{address}expenses");
            Assert.Equal($"{address}expenses", page.Url);
        }
    }
}
