using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace ExpenseIQ.Web;

/// <summary>
/// HTML that is made already. Razor takes it into its buffer as text, among that of the view itself; for content that writes itself,
/// as the framework's HtmlString does, it empties the buffer each time, and a page has a hundred.
/// </summary>
public abstract class Markup(string html) : IHtmlContentContainer
{
    public static readonly Markup Empty = Of("");

    /// <param name="html">Encoded; nothing in it is looked at.</param>
    public static Markup Of(string html) => new Made(html);

    public void WriteTo(TextWriter writer, HtmlEncoder encoder) => writer.Write(html);

    public void CopyTo(IHtmlContentBuilder builder) => builder.AppendHtml(html);

    public void MoveTo(IHtmlContentBuilder builder) => builder.AppendHtml(html);

    public override string ToString() => html;

    private sealed class Made(string html) : Markup(html);
}
