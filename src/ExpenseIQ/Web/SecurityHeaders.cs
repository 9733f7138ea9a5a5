namespace ExpenseIQ.Web;

/// <summary>What every answer tells the browser it may not do.</summary>
internal static class SecurityHeaders
{
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    /// <summary>Whether a script of ours asked, for a part of the page: it runs no scripts of that page.</summary>
    public static bool IsPart(this HttpContext context) => context.Request.Headers.XRequestedWith == "XMLHttpRequest";

    /// <summary>Lets one inline script of ours run on this page.</summary>
    /// <param name="hash">The SHA-256 of its text, Base64.</param>
    public static void AllowScript(HttpResponse response, string hash) =>
        response.Headers.ContentSecurityPolicy = ContentSecurityPolicy.Replace("script-src 'self'", $"script-src 'self' 'sha256-{hash}'", StringComparison.Ordinal);

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        return next(context);
    });
}
