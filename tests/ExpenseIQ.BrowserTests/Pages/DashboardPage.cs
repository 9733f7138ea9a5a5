using Microsoft.Playwright;

namespace ExpenseIQ.BrowserTests.Pages;

internal sealed class DashboardPage(IPage page)
{
    /// <summary>Opens the page and looks at both charts: they are drawn when they come into view.</summary>
    public async Task OpenAsync()
    {
        await page.GotoAsync("/dashboard");
        foreach (var chart in new[] { "months-chart", "categories-chart" })
        {
            await page.Locator($"#{chart}").ScrollIntoViewIfNeededAsync();
            await page.WaitForFunctionAsync("id => window.Chart?.getChart(id)", chart);
        }
    }

    public Task<string> FigureAsync(string id) => page.Locator($"#{id}").InnerTextAsync();

    /// <summary>The labels and values that a chart was drawn from.</summary>
    public Task<string> DrawnAsync(string chart) => page.EvaluateAsync<string>(
        "id => { const { labels, datasets } = Chart.getChart(id).data; return labels.map((label, i) => `${label} ${datasets[0].data[i]}`).join(', '); }", chart);

    /// <summary>Clicks into the middle of the largest slice, where the doughnut's ring is.</summary>
    public async Task OpenLargestSliceAsync()
    {
        var point = await page.EvaluateAsync<double[]>(
            "() => { const at = Chart.getChart('categories-chart').getDatasetMeta(0).data[0].getCenterPoint(); return [at.x, at.y]; }");
        await page.Locator("#categories-chart").ClickAsync(new LocatorClickOptions { Position = new Position { X = (float)point[0], Y = (float)point[1] } });
        await page.WaitForURLAsync("**/expenses?**");
    }
}
