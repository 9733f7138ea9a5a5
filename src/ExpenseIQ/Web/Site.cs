
namespace ExpenseIQ.Web;

/// <summary>
/// What each address of this site begins with: the path of BASE_URL, or nothing at the root of a host. Views write
/// <c>href="@site/expenses"</c>: a text that is there already and needs no encoding, where "~/" would be resolved anew for each link.
/// Where there is a request it is that one's PathBase.
/// </summary>
public sealed class Site(Settings settings) : Markup(settings.BasePath);

/// <summary>A site that lies below a path of another one.</summary>
internal static class SitePath
{
    /// <summary>
    /// Stands before everything else. A proxy passes the path on (/money/expenses) or strips it (/expenses): either way a request is for
    /// /expenses below /money from here on.
    /// </summary>
    public static void UseSitePath(this IApplicationBuilder app, Settings settings)
    {
        if (settings.BasePath.Length == 0) return;
        PathString site = settings.BasePath;
        app.Use((context, next) =>
        {
            var request = context.Request;
            if (request.Path.StartsWithSegments(site, StringComparison.Ordinal, out var rest)) request.Path = rest.HasValue ? rest : "/";
            request.PathBase = site;
            return next(context);
        });
    }
}
