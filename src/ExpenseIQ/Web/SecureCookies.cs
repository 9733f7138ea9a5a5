using Microsoft.AspNetCore.CookiePolicy;

namespace ExpenseIQ.Web;

/// <summary>
/// Cookies: not for scripts, not for other sites, for this site's path alone, over HTTPS only where the settings say so. Here and not cookie by cookie,
/// because the program often stands behind a proxy that ends HTTPS and each request looks like plain HTTP to it.
/// </summary>
internal static class SecureCookies
{
    /// <summary>
    /// A cookie's name: with the prefix that ties it to this host and HTTPS where cookies are secure (RFC 6265bis). Below a path of another
    /// site the cookie goes to that path alone, which the host's prefix forbids, and its name has the path in it: one of a site further up
    /// comes along, and is not taken for it.
    /// </summary>
    public static string Name(Settings settings, string name)
    {
        var tie = (settings.CookieSecure, settings.BasePath) switch { (false, _) => "", (true, "") => "__Host-", _ => "__Secure-" };
        return tie + name + settings.BasePath.Replace('/', '.');
    }

    public static IApplicationBuilder UseSecureCookies(this IApplicationBuilder app, Settings settings)
    {
        var path = settings.BasePath.Length > 0 ? settings.BasePath : "/";
        return app.UseCookiePolicy(new CookiePolicyOptions
        {
            OnAppendCookie = cookie => cookie.CookieOptions.Path = path,
            OnDeleteCookie = cookie => cookie.CookieOptions.Path = path,
            HttpOnly = HttpOnlyPolicy.Always,
            MinimumSameSitePolicy = SameSiteMode.Lax,
            Secure = settings.CookieSecure ? CookieSecurePolicy.Always : CookieSecurePolicy.None,
        });
    }
}
