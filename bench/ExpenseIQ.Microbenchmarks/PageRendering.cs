using System.Text.RegularExpressions;
using BenchmarkDotNet.Attributes;
using ExpenseIQ.CommandLine;
using ExpenseIQ.Database;
using ExpenseIQ.Features.Expenses;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace ExpenseIQ.Microbenchmarks;

/// <summary>A page from its request to its last byte, in memory: sign-in check, queries on SQLite, Razor. No network, no cache, not compressed.</summary>
public partial class PageRendering
{
    private const int Months = 24;
    private const int Expenses = 2000;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("expenseiq-pages-");
    private WebApplication app = null!;
    private HttpClient client = null!;

    [Params("/login", "/dashboard", "/expenses", "/expenses/add", "/settings", "/settings/security")]
    public string Path { get; set; } = "";

    [GlobalSetup]
    public async Task StartAsync()
    {
        var settings = new Settings { Environment = "Development", CookieSecure = false, DataDirectory = folder.FullName, BcryptCost = 4, CacheMegabytes = 0 };
        app = ExpenseIQ.Program.Build(settings, services => services.AddSingleton<IServer, TestServer>());
        await Serving.PrepareAsync(app, CancellationToken.None);
        await app.StartAsync();
        client = app.Services.GetRequiredService<IServer>() is TestServer server ? server.CreateClient() : throw new InvalidOperationException("There is no test server.");
        await RegisterAsync();
        await using var scope = app.Services.CreateAsyncScope();
        var examples = new ExampleExpenses(1, Months).Generate(Expenses, DateOnly.FromDateTime(DateTime.UtcNow));
        await ExampleExpenses.AddAsync(scope.ServiceProvider.GetRequiredService<ExpenseDatabase>(), 1, examples, DateTime.UtcNow, CancellationToken.None);
        if (Path == "/login") client.DefaultRequestHeaders.Remove("Cookie");
    }

    [Benchmark]
    public async Task<int> Get()
    {
        using var answer = await client.GetAsync(new Uri(Path, UriKind.Relative));
        var bytes = await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
        return bytes.Length;
    }

    [GlobalCleanup]
    public async Task StopAsync()
    {
        client.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private async Task RegisterAsync()
    {
        using var form = await client.GetAsync(new Uri("/register", UriKind.Relative));
        var token = Token().Match(await form.Content.ReadAsStringAsync()).Groups[1].Value;
        TakeCookies(form);
        using var content = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["csrf_token"] = token,
            ["username"] = "bench",
            ["email"] = "bench@example.org",
            ["password"] = "a sentence as password",
            ["confirm"] = "a sentence as password",
        });
        using var registered = await client.PostAsync(new Uri("/register", UriKind.Relative), content);
        if ((int)registered.StatusCode != 302) throw new InvalidOperationException($"Nobody could register: {registered.StatusCode}.");
        TakeCookies(registered);
    }

    private void TakeCookies(HttpResponseMessage answer)
    {
        var before = client.DefaultRequestHeaders.TryGetValues("Cookie", out var sent) ? sent : [];
        var cookies = before.Concat(answer.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0])).ToList();
        client.DefaultRequestHeaders.Remove("Cookie");
        client.DefaultRequestHeaders.Add("Cookie", string.Join("; ", cookies));
    }

    [GeneratedRegex("name=\"csrf_token\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
