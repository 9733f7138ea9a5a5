namespace ExpenseIQ.Features.Shared;

/// <summary>A form that a script fills with a passkey's answer and sends; without scripts it is not there.</summary>
/// <param name="Action">Where it goes.</param>
/// <param name="Button">What its button says.</param>
/// <param name="Next">Where to go on to; empty where the page knows.</param>
/// <param name="HasRemember">Whether it takes the box "stay signed in" of the page along.</param>
public sealed record PasskeyForm(string Action, string Button, string Next, bool HasRemember = false);
