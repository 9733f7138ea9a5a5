using System.Collections.Concurrent;
using ExpenseIQ.Web;

namespace ExpenseIQ.Features.Shared;

/// <summary>
/// The line icons of img/icons.svg, for the eye only; the text beside them says what they mean. Each is written out once and kept,
/// since a list has a hundred. Views have them as <c>Icon</c>.
/// </summary>
public sealed class Icons(Site site)
{
    private readonly ConcurrentDictionary<string, Markup> known = new(StringComparer.Ordinal);

    public Markup Of(string name) => known.GetOrAdd(
        name,
        static (name, site) => Markup.Of($"""<svg class="icon" aria-hidden="true"><use href="{site}/img/icons.svg#{name}"></use></svg>"""),
        site);
}
