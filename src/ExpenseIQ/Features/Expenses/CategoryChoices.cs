using ExpenseIQ.Database.Tables;

namespace ExpenseIQ.Features.Expenses;

/// <summary>The categories to choose from.</summary>
/// <param name="Type">radio for one of them, checkbox for any.</param>
/// <param name="Chosen">The ids as the form has them.</param>
/// <param name="IsInvalid">Whether what was chosen has a message.</param>
public sealed record CategoryChoices(string Type, IReadOnlyList<Category> Categories, IReadOnlyList<string> Chosen, bool IsInvalid);
