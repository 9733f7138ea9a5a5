using ExpenseIQ.Features.Shared;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.WebUtilities;

namespace ExpenseIQ.Features.Expenses;

/// <summary>
/// The list or the dashboard, as somebody left it for a form, to come back to. It travels with the form; before that, the browser's
/// Referer has it. Anything else leads to the list.
/// </summary>
internal static class ReturnPath
{
    private const string Field = "back";
    private const string Done = "done";
    private const string List = "/expenses";
    private const string Overview = "/dashboard";

    public static string Of(HttpRequest request)
    {
        var given = request.HasFormContentType ? request.Form.Text(Field) : request.Query.Text(Field);
        if (given.Length > 0) return Checked(request.PathBase, given);
        return Uri.TryCreate(request.Headers.Referer, UriKind.Absolute, out var referer) && referer.Authority == request.Host.Value
            ? Checked(request.PathBase, referer.PathAndQuery)
            : request.PathBase + List;
    }

    /// <summary>The path with the key of the form that was carried out, whose change the page then names.</summary>
    public static string With(string path, string submission)
    {
        var (page, query) = Cut(path);
        var kept = QueryHelpers.ParseQuery(query).Where(pair => pair.Key != Done).SelectMany(pair => pair.Value, (pair, value) => KeyValuePair.Create(pair.Key, value ?? ""));
        return page + new QueryBuilder(kept) { { Done, submission } };
    }

    /// <summary>The key that <see cref="With"/> added; null where there is none.</summary>
    public static string? DoneIn(IQueryCollection query) => KeyIn(query.Text(Done));

    /// <summary>The key of a form as it is stored; null where the text is none.</summary>
    public static string? KeyIn(string text) => Guid.TryParseExact(text, "D", out var key) ? key.ToString() : null;

    private static string Checked(PathString site, string path)
    {
        var (page, query) = Cut(path);
        var isOurs = page == site + List || page == site + Overview;
        return isOurs && System.Text.Ascii.IsValid(query) && !query.AsSpan().ContainsAny('\r', '\n') ? page + query : site + List;
    }

    private static (string Page, string Query) Cut(string path)
    {
        var at = path.IndexOf('?', StringComparison.Ordinal);
        return at < 0 ? (path, "") : (path[..at], path[at..]);
    }
}
