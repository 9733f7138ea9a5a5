using ExpenseIQ.BrowserTests;
using ExpenseIQ.CommandLine;
using ExpenseIQ.Database;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Site))]

namespace ExpenseIQ.BrowserTests;

/// <summary>The program on a database of its own, and a headless Chromium to look at it.</summary>
public sealed class Site : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("expenseiq-browser-");
    private WebApplication app = null!;
    private IPlaywright playwright = null!;
    private IBrowser chromium = null!;

    public string Address => app.Urls.Single();

    /// <summary>The same by a name, which passkeys need: a number is nobody's.</summary>
    public string NamedAddress => Address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);

    /// <summary>The program's own services, for what no page can do.</summary>
    public IServiceProvider Services => app.Services;

    public async ValueTask InitializeAsync()
    {
        app = Program.Build(new Settings
        {
            Environment = "Development",
            CookieSecure = false,
            Port = 0,
            DataDirectory = folder.FullName,
            BcryptCost = 4,
        });
        await Serving.PrepareAsync(app, CancellationToken.None);
        await app.StartAsync();
        playwright = await Playwright.CreateAsync();
        chromium = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    public async ValueTask DisposeAsync()
    {
        await chromium.DisposeAsync();
        playwright.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        folder.Delete(recursive: true);
    }

    public async Task MakeAdministratorAsync(string username)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<ExpenseDatabase>();
        await database.WriteAsync(_ => database.ExecuteAsync($"update users set is_admin = true where username = {username}", CancellationToken.None), CancellationToken.None);
    }

    public Task<IBrowserContext> NewContextAsync(BrowserNewContextOptions options)
    {
        options.BaseURL ??= Address;
        options.Locale ??= "en-US";
        options.TimezoneId ??= "Europe/Berlin";
        return chromium.NewContextAsync(options);
    }
}
