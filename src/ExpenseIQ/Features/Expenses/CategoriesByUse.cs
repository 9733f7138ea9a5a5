using ExpenseIQ.Database;
using ExpenseIQ.Database.Tables;

namespace ExpenseIQ.Features.Expenses;

/// <summary>Answers which categories a user chooses most, from the kept totals: one key a category, however long the history.</summary>
internal static class CategoriesByUse
{
    /// <summary>The defaults and the user's own, those with the most expenses first, then in the order of the plain list.</summary>
    public static Task<List<Category>> ListCategoriesByUseAsync(this ExpenseDatabase database, long userId, CancellationToken cancellationToken) =>
        database.ListAsync(
            $"""
            select c.id, c.user_id, c.name from ({ExpenseQueries.SelectCategories(userId)}) c
            left join totals t on t.user_id = {userId} and t.kind = {TotalKind.Category} and t.bucket = 0 and t.category_id = c.id
            order by coalesce(t.expense_count, 0) desc, c.id
            """,
            ExpenseQueries.ReadCategory,
            cancellationToken);
}
