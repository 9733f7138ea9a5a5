using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace ExpenseIQ.Web;

/// <summary>Spares an answer that the browser still has: its ETag names the user, the version of the user's data, and the day.</summary>
internal static class Revalidation
{
    private static readonly string Build = typeof(Revalidation).Module.ModuleVersionId.ToString("N")[..8];

    /// <summary>Sets the answer's ETag and says whether the browser has just that answer: then 304 is all that is needed.</summary>
    /// <param name="view">What else the answer depends on.</param>
    public static bool IsUnchanged(this HttpContext context, CurrentUser user, int view)
    {
        var tag = new EntityTagHeaderValue(string.Create(
            CultureInfo.InvariantCulture, $"\"{user.Id}.{user.LedgerVersion}.{user.Today:yyyyMMdd}.{view}.{Build}\""));
        var headers = context.Response.GetTypedHeaders();
        headers.ETag = tag;
        headers.CacheControl = new CacheControlHeaderValue { Private = true, NoCache = true };
        context.Response.Headers.Vary = HeaderNames.Cookie;
        return context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false) || known.Equals(EntityTagHeaderValue.Any));
    }
}
