using System.Collections.Frozen;
using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace ExpenseIQ.Web;

/// <summary>
/// What is said of a request: one line in the log when it failed, or when somebody who is signed in was refused, and its span where
/// telemetry is sent. All name the route's template, never the address that was asked for: a search is part of that.
/// </summary>
internal static partial class RequestLog
{
    private const string RouteKey = "ExpenseIQ.Route";

    /// <summary>Any other method is a word of the client's own.</summary>
    private static readonly FrozenSet<string> Methods =
        FrozenSet.Create(StringComparer.Ordinal, "GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT");

    /// <summary>Stands before everything else, so that it sees what each request came to.</summary>
    public static void UseRequestLog(this IApplicationBuilder app)
    {
        var logger = app.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(RequestLog).FullName!);
        var refusals = app.ApplicationServices.GetRequiredService<RefusalLog>();
        app.Use(next => context => ServeAsync(context, next, logger, refusals));
    }

    /// <summary>Stands behind the routing: an error page is found by a route too, and this keeps the first one's name.</summary>
    public static void UseRouteNames(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        context.Items.TryAdd(RouteKey, RouteOf(context.GetEndpoint()));
        return next(context);
    });

    private static async Task ServeAsync(HttpContext context, RequestDelegate next, ILogger logger, RefusalLog refusals)
    {
        var span = context.Features.Get<IHttpActivityFeature>()?.Activity;
        // Asked every few seconds, for years.
        if (span is not null && context.Request.Path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase)) LeaveOut(span);
        context.Response.OnStarting(NameFailureAsync, context);
        Exception? failure = null;
        try
        {
            await next(context);
            failure = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        }
        catch (Exception exception) when (!context.RequestAborted.IsCancellationRequested)
        {
            // Part of the answer was on its way, or no error page could be made.
            failure = exception;
            if (!context.Response.HasStarted) context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            Failed(logger, exception, context);
            Describe(span, context, failure);
            throw;
        }
        if (IsFailure(context.Response.StatusCode)) Failed(logger, failure, context);
        else if (context.Response.StatusCode >= StatusCodes.Status400BadRequest) refusals.Write(context, MethodOf(context), RouteOf(context));
        Describe(span, context, failure);
    }

    private static void Failed(ILogger logger, Exception? failure, HttpContext context) =>
        Failed(logger, failure, MethodOf(context), RouteOf(context) ?? "(no route)", context.Response.StatusCode);

    private static void Describe(Activity? span, HttpContext context, Exception? failure)
    {
        var status = context.Response.StatusCode;
        var kind = failure?.GetType().FullName;
        if (kind is not null && IsFailure(status)) context.Features.Get<IHttpMetricsTagsFeature>()?.Tags.Add(new("error.type", kind));
        if (span is not { Recorded: true }) return;
        // Styles, scripts and pictures end in the routing; a page has two dozen of them.
        if (!context.Items.ContainsKey(RouteKey) && !IsFailure(status))
        {
            LeaveOut(span);
            return;
        }
        var (method, route) = (MethodOf(context), RouteOf(context));
        span.DisplayName = route is null ? method : $"{method} {route}";
        span.SetTag("http.request.method", method);
        span.SetTag("http.route", route);
        span.SetTag("http.response.status_code", status);
        if (!IsFailure(status)) return;
        span.SetTag("error.type", kind ?? $"{status}");
        span.SetStatus(ActivityStatusCode.Error);
    }

    /// <summary>Neither this span is sent nor those of what the request does.</summary>
    private static void LeaveOut(Activity span)
    {
        span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        span.IsAllDataRequested = false;
    }

    private static Task NameFailureAsync(object state)
    {
        var context = (HttpContext)state;
        if (IsFailure(context.Response.StatusCode)) context.Response.Headers[RequestId.Header] = RequestId.Of(context);
        return Task.CompletedTask;
    }

    private static bool IsFailure(int status) => status >= StatusCodes.Status500InternalServerError;

    private static string MethodOf(HttpContext context) => Methods.Contains(context.Request.Method) ? context.Request.Method : "_OTHER";

    private static string? RouteOf(HttpContext context) =>
        context.Items.TryGetValue(RouteKey, out var route) ? (string?)route : RouteOf(context.GetEndpoint());

    private static string? RouteOf(Endpoint? endpoint) =>
        endpoint is RouteEndpoint { RoutePattern.RawText: { } template } ? "/" + template.TrimStart('/') : null;

    [LoggerMessage(LogLevel.Error, "{Method} {Route} answered {Status}.")]
    private static partial void Failed(ILogger logger, Exception? exception, string method, string route, int status);
}
