using ExpenseIQ.Database;
using ExpenseIQ.Database.Tables;
using ExpenseIQ.Features.Shared;
using ExpenseIQ.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExpenseIQ.Features.Expenses;

public sealed class IndexModel(ExpenseDatabase database, CurrentUser user) : PageModel
{
    /// <summary>The orders, in the words of the page.</summary>
    public static readonly IReadOnlyList<(string Value, string Text)> SortNames =
        [.. ExpenseFilterForm.Sorts.Zip(["Newest first", "Oldest first", "Largest first", "Smallest first"])];

    public ExpenseFilterForm Filter { get; private set; } = new();

    public FormErrors Errors { get; } = new();

    public IReadOnlyList<Category> Categories { get; private set; } = [];

    public ExpensePage List { get; private set; } = new([], false, false);

    public ExpenseTotal Total { get; private set; } = new(0, Domain.Money.Zero);

    public string? PreviousPage { get; private set; }

    public string? NextPage { get; private set; }

    public Formats Formats => user.Formats;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        Categories = await database.ListCategoriesAsync(user.Id, cancellationToken);
        Filter = ExpenseFilterForm.Read(Request.Query);
        if (Filter.Check(user.Culture, Errors) is not { } filter) return Unreadable();
        var place = ExpensePlace.Read(Request.Query, filter, Errors);
        if (Errors.Any) return Unreadable();

        List = await database.ListExpensesAsync(user.Id, filter, place, cancellationToken);
        Total = await database.TotalExpensesAsync(user.Id, filter, cancellationToken);
        if (List is { HasPrevious: true, Items: [var first, ..] }) PreviousPage = Filter.ToQuery("before", ExpensePlace.Of(first, filter));
        if (List is { HasNext: true, Items: [.., var last] }) NextPage = Filter.ToQuery("after", ExpensePlace.Of(last, filter));
        return Page();
    }

    public string CategoryName(long id) => Categories.FirstOrDefault(category => category.Id == id)?.Name ?? "";

    private PageResult Unreadable()
    {
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }
}
