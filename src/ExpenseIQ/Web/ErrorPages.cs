using System.Data.Common;
using Microsoft.AspNetCore.Diagnostics;

namespace ExpenseIQ.Web;

/// <summary>Errors answer in the site's own look, under /api as problem+json (RFC 9457).</summary>
internal static class ErrorPages
{
    public const string Path = "/error";

    public static void UseErrorPages(this IApplicationBuilder app)
    {
        app.UseWhen(IsApi, api => api
            .UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = WriteProblemAsync, StatusCodeSelector = Status, SuppressDiagnosticsCallback = IsLogged })
            .UseStatusCodePages(context => WriteProblemAsync(context.HttpContext)));
        app.UseWhen(context => !IsApi(context), pages => pages
            // A scope of its own: the request's keeps the sign-in that failed, and would throw once more.
            .UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandlingPath = Path, StatusCodeSelector = Status, CreateScopeForErrors = true, SuppressDiagnosticsCallback = IsLogged })
            .UseStatusCodePagesWithReExecute(Path));
    }

    public static bool IsApi(this HttpContext context) => context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);

    public static Task WriteProblemAsync(HttpContext context) =>
        Results.Problem(statusCode: context.Response.StatusCode, extensions: RequestId.OfFailure(context)).ExecuteAsync(context);

    /// <summary><see cref="RequestLog"/> writes one line for it.</summary>
    private static bool IsLogged(ExceptionHandlerSuppressDiagnosticsContext failure) => true;

    private static int Status(Exception exception) => exception switch
    {
        BadHttpRequestException request => request.StatusCode,
        // The database's server can't be reached, went away, or is too busy.
        DbException { IsTransient: true } or DbException { InnerException: IOException } => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };
}
