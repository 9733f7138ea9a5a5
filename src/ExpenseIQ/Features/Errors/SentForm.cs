using ExpenseIQ.Features.Shared;

namespace ExpenseIQ.Features.Errors;

/// <summary>A form whose sending failed: what was typed, so that it can be seen and sent again.</summary>
/// <param name="Action">Where it goes to.</param>
/// <param name="Fields">All of it, but secrets.</param>
/// <param name="HasSecrets">Whether a password was among it, which is not shown again: the form has to be filled anew.</param>
public sealed record SentForm(string Action, IReadOnlyList<KeyValuePair<string, string>> Fields, bool HasSecrets)
{
    private static readonly string[] Secrets = ["password", "confirm", "code", "key", "token", "credential", "state"];

    private static readonly Dictionary<string, string> Labels = new(StringComparer.Ordinal)
    {
        ["amount"] = "Amount",
        ["description"] = "Description",
        ["date"] = "Date",
        ["username"] = "User name",
        ["email"] = "E-mail address",
        ["currency"] = "Currency",
        ["time_zone"] = "Time zone",
    };

    /// <summary>Whether a field holds what is shown to nobody and kept nowhere.</summary>
    public static bool IsSecret(string field) => Secrets.Contains(field, StringComparer.OrdinalIgnoreCase);

    /// <summary>What the person typed, in the words of the form.</summary>
    public IEnumerable<(string Label, string Text)> Typed =>
        Fields.Where(typed => Labels.ContainsKey(typed.Key) && typed.Value.Length > 0).Select(typed => (Labels[typed.Key], typed.Value));

    /// <summary>The form that a request brought; null where it brought none that can be read.</summary>
    /// <param name="path">The path that was asked for, before the error.</param>
    public static async Task<SentForm?> ReadAsync(HttpRequest request, string path)
    {
        if (!HttpMethods.IsPost(request.Method) || !request.HasFormContentType) return null;
        try
        {
            var form = await request.ReadFormAsync(CancellationToken.None);
            var fields = form.SelectMany(field => field.Value.Select(value => KeyValuePair.Create(field.Key, value ?? "")));
            var shown = fields.Where(field => !IsSecret(field.Key)).ToList();
            return new SentForm(path, shown, shown.Count < form.Sum(field => field.Value.Count));
        }
        catch (Exception exception) when (FormText.IsUnreadable(exception) || exception is BadHttpRequestException or OperationCanceledException)
        {
            // Among them: it came so slowly that the time for it was over, which is what the page is about.
            return null;
        }
    }
}
