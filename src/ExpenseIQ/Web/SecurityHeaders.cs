namespace ExpenseIQ.Web;

/// <summary>What every answer tells the browser it may not do.</summary>
internal static class SecurityHeaders
{
    /// <summary>How long a browser that came over HTTPS asks for this host over nothing else, in seconds: a year.</summary>
    private const int HttpsSeconds = 365 * 24 * 60 * 60;

    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "manifest-src 'self'; worker-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; "
        // The only text that may become a script's address: js/service-worker.js.
        + "require-trusted-types-for 'script'; trusted-types service-worker";

    /// <summary>Nothing of what a browser can do beyond showing pages is used but passkeys; names that browsers don't know are left out.</summary>
    private static readonly string PermissionsPolicy = string.Join(
        ", ",
        new[]
        {
            "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media", "fullscreen",
            "geolocation", "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer", "microphone", "midi", "payment",
            "picture-in-picture", "screen-wake-lock", "serial", "usb", "window-management", "xr-spatial-tracking",
        }.Select(feature => feature + "=()").Concat(["publickey-credentials-create=(self)", "publickey-credentials-get=(self)"]));

    private const string ReferrerPolicy = "Referrer-Policy";

    /// <summary>The address of this page has a secret in it: it is told to nobody, not even to this site, and not kept.</summary>
    public static void HideAddress(HttpResponse response)
    {
        response.Headers[ReferrerPolicy] = "no-referrer";
        response.Headers.CacheControl = "no-cache, no-store"; // as the form token has it, which would warn of less
        response.Headers.Pragma = "no-cache";
    }

    /// <summary>Whether a script of ours asked, for a part of the page: it runs no scripts of that page.</summary>
    public static bool IsPart(this HttpContext context) => context.Request.Headers.XRequestedWith == "XMLHttpRequest";

    /// <summary>Lets one inline script of ours run on this page.</summary>
    /// <param name="hash">The SHA-256 of its text, Base64.</param>
    public static void AllowScript(HttpResponse response, string hash) =>
        response.Headers.ContentSecurityPolicy = ContentSecurityPolicy.Replace("script-src 'self'", $"script-src 'self' 'sha256-{hash}'", StringComparison.Ordinal);

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app, Settings settings)
    {
        // Where cookies go over HTTPS only, the site is used over HTTPS, though a proxy's requests look like plain HTTP here.
        // Other hosts of the domain are their owners' business.
        var https = settings is { CookieSecure: true, IsDevelopment: false } ? $"max-age={HttpsSeconds}" : null;
        return app.Use((context, next) =>
        {
            var headers = context.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            if (https is not null) headers.StrictTransportSecurity = https;
            context.Response.OnStarting(static state => RestrictDocumentAsync((HttpResponse)state), context.Response);
            return next(context);
        });
    }

    /// <summary>What only documents heed is not sent with two dozen styles, scripts and pictures, most of which are smaller than that.</summary>
    private static Task RestrictDocumentAsync(HttpResponse response)
    {
        if (response.StatusCode == StatusCodes.Status304NotModified || IsPartOfPages(response)) return Task.CompletedTask;
        var headers = response.Headers;
        if (headers.ContentSecurityPolicy.Count == 0) headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XFrameOptions = "DENY";
        if (!headers.ContainsKey(ReferrerPolicy)) headers[ReferrerPolicy] = "same-origin";
        headers["Permissions-Policy"] = PermissionsPolicy;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        return Task.CompletedTask;
    }

    /// <summary>The service worker is a script with a policy of its own.</summary>
    private static bool IsPartOfPages(HttpResponse response) => response.ContentType is { } mediaType && response.HttpContext.Request.Path != "/sw.js"
        && (mediaType.StartsWith("text/css", StringComparison.Ordinal) || mediaType.StartsWith("text/javascript", StringComparison.Ordinal)
            || mediaType.StartsWith("image/png", StringComparison.Ordinal) || mediaType.StartsWith("font/", StringComparison.Ordinal)
            || mediaType.StartsWith("application/manifest+json", StringComparison.Ordinal));
}
