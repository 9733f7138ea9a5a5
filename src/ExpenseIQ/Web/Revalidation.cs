using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace ExpenseIQ.Web;

/// <summary>Spares an answer that the browser still has: its ETag names the user, the version of the user's data, and the day.</summary>
internal static class Revalidation
{
    private static readonly string Build = typeof(Revalidation).Module.ModuleVersionId.ToString("N")[..8];

    /// <summary>Sets the answer's ETag and says whether the browser has just that answer: then 304 is all that is needed.</summary>
    /// <param name="view">What else the answer depends on.</param>
    public static bool IsUnchanged(this HttpContext context, CurrentUser user, string view)
    {
        var tag = new EntityTagHeaderValue(string.Create(
            CultureInfo.InvariantCulture, $"\"{user.Id}.{user.LedgerVersion}.{user.Today:yyyyMMdd}.{view}.{Build}\""));
        SetHeaders(context.Response, tag);
        return context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false) || known.Equals(EntityTagHeaderValue.Any));
    }

    /// <summary>The same for a page with forms: it holds while the browser has the cookie that the forms' tokens belong to.</summary>
    public static bool IsUnchangedPage(this HttpContext context, CurrentUser user, string view)
    {
        var cookie = context.RequestServices.GetRequiredService<IOptions<AntiforgeryOptions>>().Value.Cookie.Name!;
        var token = context.Request.Cookies[cookie] ?? "";
        var isUnchanged = context.IsUnchanged(user, $"{view}.{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)).AsSpan(0, 8))}");
        // Where a page has forms, the framework forbids to keep it; asked for again each time, it is never out of date.
        var tag = context.Response.GetTypedHeaders().ETag!;
        context.Response.OnStarting(() =>
        {
            SetHeaders(context.Response, tag);
            context.Response.Headers.Remove(HeaderNames.Pragma);
            return Task.CompletedTask;
        });
        return isUnchanged;
    }

    private static void SetHeaders(HttpResponse response, EntityTagHeaderValue tag)
    {
        var headers = response.GetTypedHeaders();
        headers.ETag = tag;
        headers.CacheControl = new CacheControlHeaderValue { Private = true, NoCache = true };
        response.Headers.Vary = HeaderNames.Cookie;
    }
}
