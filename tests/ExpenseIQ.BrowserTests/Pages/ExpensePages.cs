using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace ExpenseIQ.BrowserTests.Pages;

/// <summary>The list and the form.</summary>
internal sealed partial class ExpensePages(IPage page)
{
    public ILocator Rows => page.Locator("table.expenses tr[data-id]");

    public Task<string> CountAsync() => page.Locator("#count").InnerTextAsync();

    public Task<string> TotalAsync() => page.Locator("#total").InnerTextAsync();

    public async Task AddAsync(string amount, string category, string description)
    {
        await page.GotoAsync("/expenses/add");
        await FillAsync(amount, category, description);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add expense" }).ClickAsync();
        await page.WaitForURLAsync(TheList());
    }

    public async Task ChangeAmountAsync(string description, string amount)
    {
        await Rows.GetByRole(AriaRole.Link, new() { Name = description, Exact = true }).ClickAsync();
        await page.GetByLabel("Amount").FillAsync(amount);
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.WaitForURLAsync(TheList());
    }

    public async Task DeleteAsync(string description)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = $"Delete {description}" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await SeeAsync($"Deleted {description}");
    }

    private async Task FillAsync(string amount, string category, string description)
    {
        await page.GetByLabel("Amount").FillAsync(amount);
        await page.GetByRole(AriaRole.Radio, new() { Name = category, Exact = true }).CheckAsync();
        await page.GetByLabel("Description").FillAsync(description);
    }

    /// <summary>Waits for the message about what was done last.</summary>
    public Task SeeAsync(string message) => page.Locator(".toasts").GetByText(message).WaitForAsync();

    [GeneratedRegex(@"/expenses(\?[^/]*)?$")]
    private static partial Regex TheList();
}
