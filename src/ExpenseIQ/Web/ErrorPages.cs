using System.Data.Common;
using ExpenseIQ.Database;
using Microsoft.AspNetCore.Diagnostics;

namespace ExpenseIQ.Web;

/// <summary>Errors answer in the site's own look, under /api as problem+json (RFC 9457).</summary>
internal static class ErrorPages
{
    public const string Path = "/error";

    public static void UseErrorPages(this IApplicationBuilder app)
    {
        app.UseWhen(IsApi, api => api
            .UseExceptionHandler(new ExceptionHandlerOptions
            {
                ExceptionHandler = WriteProblemAsync,
                StatusCodeSelector = Status,
                SuppressDiagnosticsCallback = IsLogged,
            })
            .UseStatusCodePages(context => WriteProblemAsync(context.HttpContext)));
        app.UseWhen(context => !IsApi(context), pages => pages
            .UseExceptionHandler(new ExceptionHandlerOptions
            {
                ExceptionHandlingPath = Path,
                StatusCodeSelector = Status,
                SuppressDiagnosticsCallback = IsLogged,
                // A scope of its own: the request's keeps the sign-in that failed, and would throw once more.
                CreateScopeForErrors = true,
            })
            .UseStatusCodePagesWithReExecute(Path));
    }

    public static bool IsApi(this HttpContext context) => context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);

    public static Task WriteProblemAsync(HttpContext context)
    {
        if (context.Response.StatusCode == StatusCodes.Status503ServiceUnavailable) RetryLater(context.Response);
        return Results.Problem(statusCode: context.Response.StatusCode, extensions: RequestId.OfFailure(context)).ExecuteAsync(context);
    }

    /// <summary>Tells programs when to ask again.</summary>
    public static void RetryLater(HttpResponse response) => response.Headers.RetryAfter = "5"; // seconds

    private static int Status(Exception exception) => exception switch
    {
        BadHttpRequestException request => request.StatusCode,
        DatabaseUnavailableException => StatusCodes.Status503ServiceUnavailable,
        // The database's server went away while rows were read from it.
        DbException { IsTransient: true } or DbException { InnerException: IOException } => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };

    /// <summary><see cref="RequestLog"/> writes one line for it.</summary>
    private static bool IsLogged(ExceptionHandlerSuppressDiagnosticsContext failure) => true;
}
