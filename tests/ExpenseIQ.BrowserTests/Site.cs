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
    private readonly Settings settings;
    private WebApplication app = null!;
    private IPlaywright playwright = null!;
    private IBrowser chromium = null!;

    public Site() => settings = new Settings
    {
        Environment = "Development",
        CookieSecure = false,
        Port = 0,
        DataDirectory = folder.FullName,
        BcryptCost = 4,
    };

    public string Address => app.Urls.Single();

    /// <summary>The same by a name, which passkeys need: a number is nobody's.</summary>
    public string NamedAddress => Named(app);

    /// <summary>The program's own services, for what no page can do.</summary>
    public IServiceProvider Services => app.Services;

    public async ValueTask InitializeAsync()
    {
        app = await StartAsync(settings);
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

    /// <summary>Another one of the same host, at a path of it and with data of its own.</summary>
    public Task<WebApplication> StartBelowAsync(string path) =>
        StartAsync(settings with { DataDirectory = folder.FullName + path, BaseUrl = new Uri("http://localhost" + path) });

    public static string Named(WebApplication app) => app.Urls.Single().Replace("127.0.0.1", "localhost", StringComparison.Ordinal);

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

    private static async Task<WebApplication> StartAsync(Settings settings)
    {
        var app = Program.Build(settings);
        await Serving.PrepareAsync(app, CancellationToken.None);
        await app.StartAsync();
        return app;
    }
}
