using System.Threading.RateLimiting;
using ExpenseIQ.Features.Shared;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Net.Http.Headers;

namespace ExpenseIQ.Web;

/// <summary>
/// What happens when more is asked than can be answered: so many requests are worked on, so many more wait, and the next are told at
/// once to come back (503). Passwords, which are costly to check by design, have a queue of their own. Static files and health checks
/// are answered before any of this.
/// </summary>
internal static class Pressure
{
    /// <summary>The policy for pages that check or store a password.</summary>
    public const string Passwords = "passwords";

    /// <summary>As many as the driver opens connections to a server.</summary>
    private const int Working = 100;
    private const int Waiting = 400;
    private const int WaitingForPasswords = 40;

    /// <summary>How long a request may take, its waiting included.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    public static IServiceCollection AddPressureLimits(this IServiceCollection services, Settings settings)
    {
        services.AddRequestTimeouts(options => options.DefaultPolicy = new RequestTimeoutPolicy
        {
            Timeout = Longest,
            TimeoutStatusCode = StatusCodes.Status503ServiceUnavailable,
        });
        services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status503ServiceUnavailable;
            options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, int>(_ => Queue(Working, Waiting));
            // One core stays for everybody else.
            options.AddPolicy(Passwords, context => HttpMethods.IsPost(context.Request.Method)
                ? Queue(Math.Max(1, Environment.ProcessorCount - 1), WaitingForPasswords)
                : RateLimitPartition.GetNoLimiter(-1));
        });
        services.AddSingleton<Draining>();
        services.AddHostedService(provider => provider.GetRequiredService<Draining>());
        services.Configure<HostOptions>(options => options.ShutdownTimeout = settings.Drain + Draining.Finish);
        return services;
    }

    public static void UsePressureLimits(this WebApplication app)
    {
        var draining = app.Services.GetRequiredService<Draining>();
        app.Use((context, next) =>
        {
            if (draining.HasBegun) context.Response.Headers[HeaderNames.Connection] = "close";
            return next(context);
        });
        app.UseRequestTimeouts();
        app.Use(ReadPasswordsFirstAsync);
        app.UseRateLimiter();
    }

    /// <summary>Who sends a password slowly waits for it outside of the queue, which is short.</summary>
    private static async Task ReadPasswordsFirstAsync(HttpContext context, RequestDelegate next)
    {
        var isPassword = context.GetEndpoint()?.Metadata.GetMetadata<EnableRateLimitingAttribute>() is { PolicyName: Passwords };
        if (isPassword && HttpMethods.IsPost(context.Request.Method) && context.Request.HasFormContentType)
        {
            try
            {
                await context.Request.ReadFormAsync(context.RequestAborted);
            }
            catch (Exception exception) when (FormText.IsUnreadable(exception))
            {
                // The page says so.
            }
        }
        await next(context);
    }

    private static RateLimitPartition<int> Queue(int working, int waiting) => RateLimitPartition.GetConcurrencyLimiter(
        0,
        _ => new ConcurrencyLimiterOptions { PermitLimit = working, QueueLimit = waiting, QueueProcessingOrder = QueueProcessingOrder.OldestFirst });
}
