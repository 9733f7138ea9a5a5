using ExpenseIQ.Database;
using ExpenseIQ.Database.Tables;
using ExpenseIQ.Web;

namespace ExpenseIQ.Features.Expenses;

internal static class CategoryCache
{
    /// <summary>The defaults and the user's own.</summary>
    public static ValueTask<List<Category>> ListCategoriesAsync(
        this UserCache cache, ExpenseDatabase database, CurrentUser user, CancellationToken cancellationToken) =>
        cache.GetAsync(user, "categories", static list => list.Count * 100, () => database.ListCategoriesAsync(user.Id, cancellationToken));
}
