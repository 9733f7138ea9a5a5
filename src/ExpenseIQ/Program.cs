using ExpenseIQ.CommandLine;
using ExpenseIQ.Database;
using ExpenseIQ.Features.Accounts;
using ExpenseIQ.Features.Administration;
using ExpenseIQ.Features.Analytics;
using ExpenseIQ.Features.Expenses;
using ExpenseIQ.Features.OwnAccount;
using ExpenseIQ.Features.Shared;
using ExpenseIQ.Mailing;
using ExpenseIQ.Observing;
using ExpenseIQ.Web;

namespace ExpenseIQ;

public static class Program
{
    public static Task<int> Main(string[] args) => Commands.RunAsync(args);

    /// <summary>The web application: what it consists of, what each request passes, what it answers.</summary>
    /// <param name="settings">Checked settings.</param>
    /// <param name="replace">What a test puts in place of a service.</param>
    public static WebApplication Build(Settings settings, Action<IServiceCollection>? replace = null)
    {
        var builder = WebServer.CreateBuilder(settings);

        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton<Site>();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<RefusalLog>();
        builder.Services.AddDatabase(settings);
        builder.Services.AddKeys();
        builder.Services.AddAccounts(settings);
        builder.Services.AddOwnAccount();
        builder.Services.AddAdministration();
        builder.Services.AddMail(settings);
        builder.Services.AddOwnHost(settings);
        builder.Services.AddPages(settings);
        builder.Services.AddPageCache(settings);
        builder.Services.AddPageCompression();
        builder.Services.AddHealth();
        builder.Services.AddPressureLimits(settings);
        builder.Services.AddHostedService<Sweep>();
        builder.Services.AddHostedService<IdleMemory>();
        builder.AddTelemetry(settings);
        replace?.Invoke(builder.Services);

        var app = builder.Build();

        app.UseSitePath(settings);
        app.UseForwardedHeaders(settings);
        app.UseRequestLog();
        app.UseSecurityHeaders(settings);
        app.UseOwnHost();
        app.UseErrorPages();
        app.UseSecureCookies(settings);
        app.UseRouting();
        app.UseRouteNames();
        app.UsePressureLimits();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseSecondFactor(settings);
        app.UsePageCache(settings);
        app.UsePageCompression();

        app.MapStaticAssets().ShortCircuit();
        app.MapHealth();
        app.MapRazorPages().WithStaticAssets();
        app.MapMeApi();
        app.MapPasskeysApi();
        app.MapAnalyticsApi();
        app.MapDescriptionsApi();
        app.MapExpenseExport();
        app.MapAccountDownload();

        return app;
    }
}
