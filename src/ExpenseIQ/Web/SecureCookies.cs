using Microsoft.AspNetCore.CookiePolicy;

namespace ExpenseIQ.Web;

/// <summary>
/// Cookies: not for scripts, not for other sites, over HTTPS only where the settings say so. Here and not cookie by cookie,
/// because the program often stands behind a proxy that ends HTTPS and each request looks like plain HTTP to it.
/// </summary>
internal static class SecureCookies
{
    /// <summary>A cookie's name: with the prefix that ties it to this host and HTTPS where cookies are secure (RFC 6265bis).</summary>
    public static string Name(Settings settings, string name) => settings.CookieSecure ? "__Host-" + name : name;

    public static IApplicationBuilder UseSecureCookies(this IApplicationBuilder app, Settings settings) =>
        app.UseCookiePolicy(new CookiePolicyOptions
        {
            HttpOnly = HttpOnlyPolicy.Always,
            MinimumSameSitePolicy = SameSiteMode.Lax,
            Secure = settings.CookieSecure ? CookieSecurePolicy.Always : CookieSecurePolicy.None,
        });
}
