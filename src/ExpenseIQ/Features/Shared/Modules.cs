using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ExpenseIQ.Web;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace ExpenseIQ.Features.Shared;

/// <summary>
/// The modules that every page's script imports: fetched at once instead of one after the other, and under their fingerprinted
/// addresses, so that the browser keeps them. The import map that says so is the only inline script there is; the answer's content
/// security policy names its hash.
/// </summary>
public static class Modules
{
    /// <summary>What the scripts of every page import, at any depth.</summary>
    private static readonly string[] OfEveryPage = ["dom", "server"];

    /// <summary>What those of the pages for someone signed in import beside them.</summary>
    private static readonly string[] OfTheShell = ["delete-dialog", "entry", "keyboard", "pages", "quick-add", "toast"];

    /// <summary>What comes only when it is asked for.</summary>
    private static readonly string[] Later = ["palette", "shortcuts"];

    private static readonly ConcurrentDictionary<(PathString Site, bool IsSignedIn), (Markup Html, string Hash)> Made = new();

    public static Markup Of(ViewContext context, bool isSignedIn)
    {
        var assets = context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<ResourceAssetCollection>();
        if (assets is null || context.HttpContext.IsPart()) return Markup.Empty; // before routing the plain addresses work too
        var site = context.HttpContext.Request.PathBase;
        var (html, hash) = Made.GetOrAdd((site, isSignedIn), _ => Make(site, assets, [.. OfEveryPage, .. isSignedIn ? OfTheShell : []], isSignedIn ? Later : []));
        SecurityHeaders.AllowScript(context.HttpContext.Response, hash);
        return html;
    }

    private static (Markup Html, string Hash) Make(PathString site, ResourceAssetCollection assets, string[] soon, string[] later)
    {
        var files = soon.Concat(later).ToDictionary(name => site + $"/js/{name}.js", name => site + "/" + assets[$"js/{name}.js"]);
        var map = $$"""{"imports":{{JsonSerializer.Serialize(files)}}}""";
        var html = new StringBuilder("<script type=\"importmap\">").Append(map).Append("</script>");
        foreach (var file in files.Values.Take(soon.Length)) html.Append("<link rel=\"modulepreload\" href=\"").Append(HtmlEncoder.Default.Encode(file)).Append("\">");
        return (Markup.Of(html.ToString()), Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(map))));
    }
}
