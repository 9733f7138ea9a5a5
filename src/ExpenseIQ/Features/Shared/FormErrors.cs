namespace ExpenseIQ.Features.Shared;

/// <summary>What is wrong with a form: a message a field, the first one that was found.</summary>
public sealed class FormErrors
{
    private readonly Dictionary<string, string> messages = new(StringComparer.Ordinal);

    public bool Any => Count > 0;

    public int Count => messages.Count;

    /// <summary>The message about the form as a whole.</summary>
    public string? Summary => this[""];

    public string? this[string field] => messages.GetValueOrDefault(field);

    public void Add(string field, string message) => messages.TryAdd(field, message);
}
