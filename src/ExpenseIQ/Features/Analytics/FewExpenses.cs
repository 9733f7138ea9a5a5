using ExpenseIQ.Web;

namespace ExpenseIQ.Features.Analytics;

/// <summary>A handful of expenses on the dashboard.</summary>
/// <param name="Id">The table's id.</param>
public sealed record FewExpenses(string Id, string Caption, IReadOnlyList<RecentExpense> Rows, Formats Formats);
