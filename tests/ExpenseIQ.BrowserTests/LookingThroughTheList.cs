using ExpenseIQ.BrowserTests.Pages;
using Microsoft.Playwright;

namespace ExpenseIQ.BrowserTests;

public sealed class LookingThroughTheList(Site site)
{
    [Fact]
    public Task Filters_act_at_once_the_address_can_be_shared_and_more_rows_keep_the_place() => Journey.RunAsync(site, async page =>
    {
        var expenses = new ExpensePages(page);
        await new AccountPages(page).RegisterAsync("looker");
        await page.GetByRole(AriaRole.Link, new() { Name = "Look around with sample data" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add sample expenses" }).ClickAsync();
        await page.WaitForURLAsync("**/dashboard");
        await page.GotoAsync("/expenses");
        Assert.Equal("640", await expenses.CountAsync());

        await page.GetByText("More filters").ClickAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Food" }).CheckAsync();
        await Assertions.Expect(page.Locator(".chip").First).ToHaveTextAsync("Food");
        Assert.EndsWith("/expenses?category_id=1", page.Url, StringComparison.Ordinal);
        var total = await expenses.TotalAsync();
        await page.ReloadAsync();
        Assert.Equal(total, await expenses.TotalAsync());

        await page.GetByRole(AriaRole.Link, new() { Name = "Load more" }).ClickAsync();
        await Assertions.Expect(expenses.Rows).ToHaveCountAsync(100);
        Assert.Equal(await DistinctDaysAsync(page), await page.Locator("tr.day").CountAsync());
        await page.ReloadAsync();
        Assert.Equal(100, await expenses.Rows.CountAsync());

        await page.GetByRole(AriaRole.Link, new() { Name = "Without Food" }).ClickAsync();
        await Assertions.Expect(page.Locator("#count")).ToHaveTextAsync("640");
        await page.GetByRole(AriaRole.Link, new() { Name = "Remove them" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove the samples" }).ClickAsync();
        await page.GetByText("Nothing is written down yet").WaitForAsync();
    });

    [Fact]
    public Task A_slice_leaves_the_chart_and_comes_back_by_its_legend() => Journey.RunAsync(site, async page =>
    {
        var expenses = new ExpensePages(page);
        await new AccountPages(page).RegisterAsync("legend");
        await expenses.AddAsync("12.50", "Food", "Lunch");
        await expenses.AddAsync("5", "Travel", "Tram");
        var dashboard = new DashboardPage(page);
        await dashboard.OpenAsync();
        var toggle = page.GetByRole(AriaRole.Button, new() { Name = "Travel in the chart" });
        await toggle.ClickAsync();
        Assert.Equal("false", await toggle.GetAttributeAsync("aria-pressed"));
        Assert.False(await page.EvaluateAsync<bool>("() => Chart.getChart('categories-chart').getDataVisibility(1)"));
        await toggle.ClickAsync();
        Assert.True(await page.EvaluateAsync<bool>("() => Chart.getChart('categories-chart').getDataVisibility(1)"));
    });

    private static Task<int> DistinctDaysAsync(IPage page) =>
        page.EvaluateAsync<int>("() => new Set([...document.querySelectorAll('tbody[data-day]')].map(body => body.dataset.day)).size");
}
