using System.Text.Encodings.Web;
using ExpenseIQ.Web;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace ExpenseIQ.Features.Shared;

/// <summary>&lt;field for="amount" label="Amount"&gt;: a label, the input inside, a hint, and the message that belongs to it.</summary>
[HtmlTargetElement("field", Attributes = "for,label")]
public sealed class FieldTagHelper(HtmlEncoder encoder) : TagHelper
{
    /// <summary>The name of the field, which is also the id of its input.</summary>
    public string For { get; set; } = "";

    public string Label { get; set; } = "";

    /// <summary>A word beside the label: "optional", the currency.</summary>
    public string? Aside { get; set; }

    public string? Hint { get; set; }

    /// <summary>Whether several inputs stand inside, each with a label of its own.</summary>
    public bool IsGroup { get; set; }

    public FormErrors? Errors { get; set; }

    /// <summary>The ids of what describes the field, for aria-describedby.</summary>
    internal string Described => (Hint, Errors?[For]) switch
    {
        (null, null) => "",
        (_, null) => $"{For}-hint",
        (null, _) => $"{For}-error",
        _ => $"{For}-hint {For}-error",
    };

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        context.Items[typeof(FieldTagHelper)] = this;
        output.TagName = IsGroup ? "fieldset" : "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", output.Attributes.TryGetAttribute("class", out var own) ? $"field {own.Value}" : "field");
        if (IsGroup && Described.Length > 0) output.Attributes.SetAttribute("aria-describedby", Described);
        output.PreContent.AppendHtml(LabelElement());
        if (Hint is not null) output.PostContent.AppendHtml(Paragraph("hint", Hint));
        if (Errors?[For] is { } message) output.PostContent.AppendHtml(Paragraph("error", message));
    }

    private string LabelElement()
    {
        var aside = Aside is null ? "" : $""" <span class="hint">{encoder.Encode(Aside)}</span>""";
        return IsGroup ? $"<legend>{encoder.Encode(Label)}{aside}</legend>" : $"""<label for="{For}">{encoder.Encode(Label)}{aside}</label>""";
    }

    private string Paragraph(string kind, string text) => $"""<p class="{kind}" id="{For}-{kind}">{encoder.Encode(text)}</p>""";
}

/// <summary>
/// Ties the input of a field to its hint and message, for screen readers and for the style; gives a password its button, hidden
/// until a script can answer it.
/// </summary>
[HtmlTargetElement("input", ParentTag = "field", TagStructure = TagStructure.WithoutEndTag)]
[HtmlTargetElement("select", ParentTag = "field")]
public sealed class FieldInputTagHelper(Icons icons) : TagHelper
{
    private static readonly Markup GroupStart = Markup.Of("<div class=\"input-group\">");
    private static readonly Markup GroupEnd = Markup.Of("</div>");
    private static readonly Markup ButtonStart = Markup.Of("<button class=\"icon-button\" type=\"button\" data-show-password aria-label=\"Show password\" aria-pressed=\"false\" hidden>");
    private static readonly Markup ButtonEnd = Markup.Of("</button>");

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (context.Items.TryGetValue(typeof(FieldTagHelper), out var item) is false || item is not FieldTagHelper field) return;
        output.Attributes.SetAttribute("id", field.For);
        output.Attributes.SetAttribute("name", field.For);
        if (field.Errors?[field.For] is not null) output.Attributes.SetAttribute("aria-invalid", "true");
        if (field.Described.Length > 0) output.Attributes.SetAttribute("aria-describedby", field.Described);
        if (output.Attributes["type"]?.Value.ToString() != "password") return;
        output.PreElement.AppendHtml(GroupStart);
        output.PostElement.AppendHtml(ButtonStart).AppendHtml(icons.Of("eye")).AppendHtml(ButtonEnd).AppendHtml(GroupEnd);
    }
}
