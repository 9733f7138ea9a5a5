using ExpenseIQ.CommandLine;
using ExpenseIQ.Database;
using ExpenseIQ.Database.Tables;
using LinqToDB;
using LinqToDB.Async;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace ExpenseIQ.Tests.Running;

/// <summary>The whole program, listening on a free port of this machine.</summary>
internal sealed class RunningApp : IAsyncDisposable
{
    private readonly WebApplication app;

    private RunningApp(WebApplication app, ErrorLog errors)
    {
        this.app = app;
        Errors = errors;
        Address = new Uri(app.Urls.First());
    }

    public Uri Address { get; }

    /// <summary>What the program logged as an error.</summary>
    public ErrorLog Errors { get; }

    public static async Task<RunningApp> StartAsync(Settings settings, TimeProvider? time = null)
    {
        var errors = new ErrorLog();
        var app = Program.Build(settings, services =>
        {
            if (time is not null) services.Replace(ServiceDescriptor.Singleton(time));
            services.AddLogging(logging => logging.ClearProviders().AddProvider(errors));
        });
        await Serving.PrepareAsync(app, CancellationToken.None);
        await app.StartAsync(CancellationToken.None);
        return new RunningApp(app, errors);
    }

    /// <summary>Somebody new with a browser, signed out.</summary>
    public Browser Open(string language = "en-US") => new(Address, language);

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

    public Task<User> UserOfAsync(Browser browser) =>
        WithDatabaseAsync(database => database.Users.FirstAsync(user => user.Username == browser.Username, CancellationToken.None));

    /// <summary>All of a person's rows, in the order in which they were made.</summary>
    public async Task<List<Expense>> ExpensesOfAsync(Browser browser)
    {
        var user = await UserOfAsync(browser);
        return await WithDatabaseAsync(database => database.ExpensesOf(user.Id).OrderBy(row => row.Id).ToListAsync(CancellationToken.None));
    }

    public async Task<long> AddOwnCategoryAsync(Browser browser, string name)
    {
        var user = await UserOfAsync(browser);
        return await WithDatabaseAsync(database =>
            database.InsertWithInt64IdentityAsync(new Category { UserId = user.Id, Name = name }, token: CancellationToken.None));
    }

    public async Task<IReadOnlyList<string>> VerifyAsync()
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Verification>().RunAsync(CancellationToken.None);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
