using Microsoft.Playwright;

namespace ExpenseIQ.BrowserTests;

/// <summary>One visit in a browser window of its own. When it fails, a screenshot and a trace stay in artifacts/browser.</summary>
internal static class Journey
{
    private static readonly string Artifacts = Path.Combine(FindRoot(), "artifacts", "browser");

    /// <param name="allowed">The directive of the content security policy that this visit breaks on purpose.</param>
    public static async Task RunAsync(
        Site site, Func<IPage, Task> visit, BrowserNewContextOptions? options = null, string? allowed = null, [System.Runtime.CompilerServices.CallerMemberName] string name = "")
    {
        options ??= new BrowserNewContextOptions();
        await using var context = await site.NewContextAsync((BrowserNewContextOptions)options);
        await context.Tracing.StartAsync(new TracingStartOptions { Snapshots = true });
        var page = await context.NewPageAsync();
        var complaints = new List<string>();
        page.PageError += (_, error) => complaints.Add(error);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(options.BaseURL!, StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
                complaints.Add($"asked another host: {request.Url}");
        };
        page.Console += (_, message) =>
        {
            var isComplaint = message.Text.Contains("Content Security Policy", StringComparison.Ordinal) || message.Text.Contains("Trusted", StringComparison.Ordinal);
            if (isComplaint && (allowed is null || !message.Text.Contains(allowed, StringComparison.Ordinal))) complaints.Add(message.Text);
        };
        try
        {
            await visit(page);
            Assert.Empty(complaints);
            await context.Tracing.StopAsync();
        }
        catch
        {
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Artifacts, $"{name}.png"), FullPage = true });
            await context.Tracing.StopAsync(new TracingStopOptions { Path = Path.Combine(Artifacts, $"{name}.zip") });
            throw;
        }
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ExpenseIQ.slnx"))) folder = folder.Parent;
        return folder?.FullName ?? AppContext.BaseDirectory;
    }
}
