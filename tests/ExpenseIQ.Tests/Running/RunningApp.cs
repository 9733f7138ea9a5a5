using ExpenseIQ.CommandLine;
using ExpenseIQ.Database;
using ExpenseIQ.Database.Tables;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace ExpenseIQ.Tests.Running;

/// <summary>The whole program, listening on a free port of this machine.</summary>
internal sealed class RunningApp : IAsyncDisposable
{
    private readonly WebApplication app;

    private RunningApp(WebApplication app, ErrorLog errors, string path)
    {
        this.app = app;
        Errors = errors;
        Address = new Uri(new Uri(app.Urls.First()), path + "/");
    }

    /// <summary>With the path that the site lies below, where it does.</summary>
    public Uri Address { get; }

    /// <summary>What the program logged as an error.</summary>
    public ErrorLog Errors { get; }

    public static async Task<RunningApp> StartAsync(Settings settings, TimeProvider? time = null, Action<IServiceCollection>? replace = null)
    {
        var errors = new ErrorLog();
        var app = Program.Build(settings, services =>
        {
            if (time is not null) services.Replace(ServiceDescriptor.Singleton(time));
            replace?.Invoke(services);
            services.AddLogging(logging => logging.ClearProviders().AddProvider(errors));
            replace?.Invoke(services);
        });
        await Serving.PrepareAsync(app, CancellationToken.None);
        await app.StartAsync(CancellationToken.None);
        return new RunningApp(app, errors, settings.BasePath);
    }

    /// <summary>Ends as a process does that is told to.</summary>
    public Task StopAsync() => app.StopAsync(TestContext.Current.CancellationToken);

    /// <summary>All that requests are answered by.</summary>
    public IReadOnlyList<Endpoint> Endpoints => app.Services.GetRequiredService<EndpointDataSource>().Endpoints;

    /// <summary>The program's own services, for what no request tells.</summary>
    public IServiceProvider Services => app.Services;

    /// <summary>Somebody new with a browser, signed out.</summary>
    public Browser Open(string language = "en-US", bool strips = false) => new(Address, language, strips);

    /// <summary>Somebody new with an account of a fresh name, signed in.</summary>
    public async Task<Browser> OpenAsNewUserAsync(string language = "en-US", string? timeZone = null)
    {
        var browser = Open(language);
        await browser.RegisterAsync(timeZone: timeZone);
        return browser;
    }

    /// <summary>Works with the tables as the program does.</summary>
    public async Task<T> WithDatabaseAsync<T>(Func<ExpenseDatabase, Task<T>> work)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<ExpenseDatabase>());
    }

    public async Task<User> UserOfAsync(Browser browser)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<UserManager<User>>().FindByNameAsync(browser.Username)
            ?? throw new InvalidOperationException($"There is no user {browser.Username}.");
    }

    /// <summary>All of a person's rows, in the order in which they were made.</summary>
    public async Task<List<ExpenseRow>> ExpensesOfAsync(Browser browser)
    {
        var user = await UserOfAsync(browser);
        return await WithDatabaseAsync(database => database.ListAsync(
            $"""
            select id, user_id, category_id, amount_minor, description, date, created_at, updated_at, version
            from expenses where user_id = {user.Id} order by id
            """,
            row => new ExpenseRow(
                row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetString(4), row.GetDate(5), row.GetDateTime(6), row.GetDateTime(7), row.GetInt32(8)),
            CancellationToken.None));
    }

    public async Task<long> AddOwnCategoryAsync(Browser browser, string name)
    {
        var user = await UserOfAsync(browser);
        return await WithDatabaseAsync(database =>
            database.WriteAsync(_ => database.InsertAsync($"insert into categories (user_id, name) values ({user.Id}, {name})", CancellationToken.None), CancellationToken.None));
    }

    public async Task<IReadOnlyList<string>> VerifyAsync()
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Verification>().RunAsync(CancellationToken.None);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
