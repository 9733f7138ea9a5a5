using ExpenseIQ.Observing;

namespace ExpenseIQ.Web;

/// <summary>The web server as this program sets it up.</summary>
internal static class WebServer
{
    /// <summary>The largest request body, in bytes: the forms are small.</summary>
    private const long LargestBody = 256 * 1024;

    /// <summary>Each takes memory, whoever opens it and whatever it sends.</summary>
    private const long MostConnections = 2000;

    /// <summary>How long the head of a request may take to arrive.</summary>
    private static readonly TimeSpan HeadTimeout = TimeSpan.FromSeconds(15);

    public static WebApplicationBuilder CreateBuilder(Settings settings)
    {
        // Everything that can be set is in Settings: no other configuration is read or watched.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(WebServer).Assembly.GetName().Name,
            EnvironmentName = settings.Environment,
            // Pages and static files lie beside the program, wherever it is started from.
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.WebHost.UseUrls($"http://{Bracketed(settings.Host)}:{settings.Port}");
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            kestrel.Limits.MaxConcurrentConnections = MostConnections;
            kestrel.Limits.RequestHeadersTimeout = HeadTimeout;
        });
        builder.Services.AddRouting();
        builder.Logging.AddConsoleLog(settings);
        builder.Logging.SetMinimumLevel(LogLevel.Information);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
        // It calls a form's cookie that can't be read an error, and anybody can send one.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.None);
        // What keeps the host from starting reaches StartFailure, which says it in one line.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        return builder;
    }

    private static string Bracketed(string host) => host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host;
}
