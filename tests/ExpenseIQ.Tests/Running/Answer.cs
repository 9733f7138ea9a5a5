using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace ExpenseIQ.Tests.Running;

/// <summary>What the site answered, read whole.</summary>
internal sealed class Answer
{
    private static readonly HtmlParser Parser = new();
    private readonly Lazy<IHtmlDocument> page;

    private Answer(HttpResponseMessage response, byte[] body)
    {
        Status = (int)response.StatusCode;
        Address = response.RequestMessage!.RequestUri!;
        Location = response.Headers.Location?.OriginalString;
        MediaType = response.Content.Headers.ContentType?.MediaType;
        Headers = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(header => header.Key, header => string.Join('\n', header.Value), StringComparer.OrdinalIgnoreCase);
        Body = body;
        page = new Lazy<IHtmlDocument>(() => Parser.ParseDocument(Text));
    }

    public int Status { get; }

    public Uri Address { get; }

    public string? Location { get; }

    public string? MediaType { get; }

    /// <summary>All headers; values of one name are separated by line feeds.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    public byte[] Body { get; }

    public string Text => System.Text.Encoding.UTF8.GetString(Body);

    public IHtmlDocument Page => page.Value;

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    /// <summary>The message about the form as a whole, an error or a warning, or null.</summary>
    public string? Alert => Page.QuerySelector(".alert")?.TextContent.Trim();

    public static async Task<Answer> ReadAsync(HttpResponseMessage response) =>
        new(response, await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));

    /// <summary>The message at a field, or null.</summary>
    public string? Error(string field) =>
        Page.GetElementById($"{field}-error")?.TextContent.Trim() is { Length: > 0 } message ? message : null;

    /// <summary>What stands in a field: an input's value, the chosen option of a select, the text of a textarea.</summary>
    public string? Value(string field) => Page.QuerySelectorAll($"main [name='{field}']").FirstOrDefault(IsFilled) switch
    {
        IHtmlInputElement input => input.Value,
        IHtmlSelectElement select => select.Value,
        IHtmlTextAreaElement area => area.Value,
        _ => null,
    };

    /// <summary>The values of all checked or chosen fields of that name.</summary>
    public string[] Values(string field) =>
    [
        .. Page.QuerySelectorAll($"select[name='{field}'] option").OfType<IHtmlOptionElement>().Where(option => option.IsSelected).Select(option => option.Value),
        .. Page.QuerySelectorAll($"input[name='{field}']").OfType<IHtmlInputElement>().Where(IsFilled).Select(input => input.Value),
    ];

    public string TextOf(string selector) =>
        Page.QuerySelector(selector)?.TextContent.Trim() ?? throw new InvalidOperationException($"There is no {selector} on {Address.PathAndQuery}:\n{Summary}");

    public Answer MustBe(HttpStatusCode status) => MustBe((int)status);

    /// <exception cref="InvalidOperationException">The site answered otherwise; the message has the answer.</exception>
    public Answer MustBe(int status) => Status == status
        ? this
        : throw new InvalidOperationException($"{Address.PathAndQuery} answered {Status} instead of {status} (Location: {Location}).\n{Summary}");

    /// <summary>What a person would read, for the message of a failed test.</summary>
    private string Summary =>
        string.Join(' ', (Page.QuerySelector("main")?.TextContent ?? Text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) is var words && words.Length > 600
            ? words[..600] + " …"
            : words;

    private static bool IsFilled(IElement element) => element is not IHtmlInputElement { Type: "radio" or "checkbox", IsChecked: false };
}
