using System.Text;
using Microsoft.AspNetCore.Mvc;

namespace ExpenseIQ.Features.Accounts;

/// <summary>Where to go on to after signing in: a path of this site and nothing else.</summary>
internal static class ReturnAddress
{
    /// <summary>The path; empty where it is none. One that we made is percent-encoded; anything but ASCII could not be sent in a header.</summary>
    public static string Of(IUrlHelper url, string next) =>
        url.IsLocalUrl(next) && Ascii.IsValid(next) && LiesBelow(url.ActionContext.HttpContext.Request.PathBase, next) ? next : "";

    /// <summary>Whether the browser stays below this site's path: what it takes for ".." or for another slash would lead out of it.</summary>
    private static bool LiesBelow(PathString site, string next)
    {
        if (!site.HasValue) return true;
        var path = next.AsSpan(0, next.AsSpan().IndexOfAny('?', '#') is >= 0 and var end ? end : next.Length);
        return path.StartsWith(site.Value, StringComparison.Ordinal) && path[site.Value.Length..] is ['/', ..]
            && !path.Contains('\\') && !path.Contains("..", StringComparison.Ordinal) && !path.Contains("%2e", StringComparison.OrdinalIgnoreCase);
    }
}
