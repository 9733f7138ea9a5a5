using System.Collections.Concurrent;
using Microsoft.AspNetCore.Html;

namespace ExpenseIQ.Features.Shared;

/// <summary>
/// The line icons of img/icons.svg, for the eye only; the text beside them says what they mean. Each is written out once and kept,
/// since a list has a hundred.
/// </summary>
public static class Icon
{
    private static readonly ConcurrentDictionary<string, HtmlString> Known = new(StringComparer.Ordinal);

    public static HtmlString Of(string name) => Known.GetOrAdd(
        name,
        static name => new HtmlString($"""<svg class="icon" aria-hidden="true"><use href="/img/icons.svg#{name}"></use></svg>"""));
}
