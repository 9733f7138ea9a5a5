using ExpenseIQ.BrowserTests.Pages;
using Microsoft.Playwright;

namespace ExpenseIQ.BrowserTests;

/// <summary>A day without a mouse.</summary>
public sealed class KeyboardOnly(Site site)
{
    [Fact]
    public Task Adds_walks_edits_deletes_undoes_and_goes_anywhere() => Journey.RunAsync(site, async page =>
    {
        var (expenses, keys) = (new ExpensePages(page), page.Keyboard);
        await new AccountPages(page).RegisterAsync("keys");
        foreach (var (amount, description) in new[] { ("1", "First"), ("2", "Second"), ("3", "Third") })
        {
            await keys.PressAsync("n");
            await page.Locator(".quick-add input[name=amount]").WaitForAsync();
            await keys.TypeAsync(amount);
            await keys.PressAsync("Tab");
            await keys.PressAsync("Space");
            await keys.PressAsync("Tab");
            await keys.TypeAsync(description);
            await keys.PressAsync("Enter");
            await expenses.SeeAsync($"Added {description}");
            await page.Locator("#month-total").WaitForAsync(); // the first expense turns the empty page into another
            await page.WaitForLoadStateAsync(); // its keys come with its scripts
        }
        await keys.PressAsync("g");
        await keys.PressAsync("e");
        await page.WaitForURLAsync("**/expenses");
        await keys.PressAsync("j");
        await keys.PressAsync("j");
        Assert.Equal("Second", await FocusedAsync(page));
        await keys.PressAsync("k");
        Assert.Equal("Third", await FocusedAsync(page));
        await keys.PressAsync("x");
        await page.Locator("#delete-dialog").WaitForAsync();
        await keys.PressAsync("Tab");
        await keys.PressAsync("Enter");
        await expenses.SeeAsync("Deleted Third");
        await Assertions.Expect(expenses.Rows).ToHaveCountAsync(2);
        Assert.Equal("Second", await FocusedAsync(page));

        await keys.PressAsync("e");
        await page.WaitForURLAsync("**/edit");
        await page.GoBackAsync();
        await page.WaitForLoadStateAsync();
        await keys.PressAsync("/");
        await keys.TypeAsync("first");
        await Assertions.Expect(page.Locator("#count")).ToHaveTextAsync("1");
        Assert.EndsWith("?search=first", page.Url, StringComparison.Ordinal);

        await keys.PressAsync("Control+k");
        await page.Locator(".palette").WaitForAsync();
        await keys.TypeAsync("sett");
        await keys.PressAsync("Enter");
        await page.WaitForURLAsync("**/settings");
        await keys.PressAsync("?");
        await page.Locator(".shortcuts").WaitForAsync();
        await keys.PressAsync("Escape");
        await keys.PressAsync("b");
        Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.hasAttribute('data-blurred')"));
    });

    private static Task<string> FocusedAsync(IPage page) => page.EvaluateAsync<string>("() => document.activeElement.textContent.trim()");
}
