namespace ExpenseIQ.Features.Shared;

/// <summary>A message above a form or a list.</summary>
/// <param name="Kind">error or warning.</param>
public sealed record Alert(string Title, string? Text = null, string Kind = "error")
{
    /// <summary>What is wrong with a form as a whole, or how many of its fields need a look; null where nothing is wrong.</summary>
    /// <param name="refusal">What did not happen: "This expense was not saved."</param>
    public static Alert? Of(FormErrors errors, string refusal) => errors switch
    {
        { Summary: { } message } => new Alert(message),
        { Any: true, Count: 1 } => new Alert(refusal, "One field needs another look."),
        { Any: true } => new Alert(refusal, $"{errors.Count} fields need another look."),
        _ => null,
    };
}
