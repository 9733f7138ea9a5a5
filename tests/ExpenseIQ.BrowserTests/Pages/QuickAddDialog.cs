using Microsoft.Playwright;

namespace ExpenseIQ.BrowserTests.Pages;

/// <summary>The dialog that adds an expense from anywhere.</summary>
internal sealed class QuickAddDialog(IPage page)
{
    private readonly ILocator dialog = page.Locator(".quick-add");

    public async Task FillAsync(string amount, string category, string description)
    {
        await dialog.Locator("input[name=amount]").FillAsync(amount);
        await dialog.GetByRole(AriaRole.Radio, new() { Name = category, Exact = true }).CheckAsync();
        await dialog.Locator("input[name=description]").FillAsync(description);
    }

    public Task SaveAsync() => dialog.GetByRole(AriaRole.Button, new() { Name = "Add expense" }).ClickAsync();

    /// <summary>Saves, and waits for the empty form.</summary>
    public async Task SaveAndAddAnotherAsync()
    {
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save and add another" }).ClickAsync();
        await Assertions.Expect(dialog.Locator("input[name=amount]")).ToHaveValueAsync("");
    }

    public Task<string> ValueAsync(string field) => dialog.Locator($"input[name={field}]").InputValueAsync();
}
