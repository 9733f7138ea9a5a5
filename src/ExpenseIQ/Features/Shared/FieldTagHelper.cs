using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace ExpenseIQ.Features.Shared;

/// <summary>&lt;field for="amount" label="Amount"&gt;: a label, the input inside, a hint, and the message that belongs to it.</summary>
[HtmlTargetElement("field", Attributes = "for,label")]
public sealed class FieldTagHelper : TagHelper
{
    /// <summary>The name of the field, which is also the id of its input.</summary>
    public string For { get; set; } = "";

    public string Label { get; set; } = "";

    public string? Hint { get; set; }

    public FormErrors? Errors { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        context.Items[typeof(FieldTagHelper)] = this;
        var input = await output.GetChildContentAsync();
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "field");
        output.Content.AppendHtml(Element("label", Label, "for", For));
        output.Content.AppendHtml(input);
        if (Hint is not null) output.Content.AppendHtml(Paragraph("hint", Hint));
        if (Errors?[For] is { } message) output.Content.AppendHtml(Paragraph("error", message));
    }

    private TagBuilder Paragraph(string kind, string text)
    {
        var paragraph = Element("p", text, "id", $"{For}-{kind}");
        paragraph.AddCssClass(kind);
        return paragraph;
    }

    private static TagBuilder Element(string name, string text, string attribute, string value)
    {
        var element = new TagBuilder(name);
        element.Attributes[attribute] = value;
        element.InnerHtml.Append(text);
        return element;
    }
}

/// <summary>Ties the input of a field to its hint and message, for screen readers and for the style.</summary>
[HtmlTargetElement("input", ParentTag = "field", TagStructure = TagStructure.WithoutEndTag)]
[HtmlTargetElement("select", ParentTag = "field")]
public sealed class FieldInputTagHelper : TagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (context.Items.TryGetValue(typeof(FieldTagHelper), out var item) is false || item is not FieldTagHelper field) return;
        var hasError = field.Errors?[field.For] is not null;
        output.Attributes.SetAttribute("id", field.For);
        output.Attributes.SetAttribute("name", field.For);
        if (hasError) output.Attributes.SetAttribute("aria-invalid", "true");
        var described = string.Join(' ', new[] { field.Hint is null ? null : $"{field.For}-hint", hasError ? $"{field.For}-error" : null }.OfType<string>());
        if (described.Length > 0) output.Attributes.SetAttribute("aria-describedby", described);
    }
}
