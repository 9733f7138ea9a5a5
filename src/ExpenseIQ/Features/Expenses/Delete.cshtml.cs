using ExpenseIQ.Database;
using ExpenseIQ.Domain;
using ExpenseIQ.Features.Shared;
using ExpenseIQ.Web;
using Microsoft.AspNetCore.Mvc;

namespace ExpenseIQ.Features.Expenses;

/// <summary>Asks, and deletes. The list's dialog posts here too.</summary>
public sealed class DeleteModel(ExpenseDatabase database, CurrentUser user, TimeProvider time) : FormPage
{
    public ExpenseDetail? Expense { get; private set; }

    public string CategoryName { get; private set; } = "";

    public string Submission { get; private set; } = "";

    public string Back { get; private set; } = "";

    public Formats Formats => user.Formats;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        Submission = ExpenseForm.NewSubmission();
        Back = ReturnPath.Of(Request);
        await FindAsync(cancellationToken);
        return Expense is null ? NotFound() : Page();
    }

    public async Task<IActionResult> OnPostAsync([FromRoute] long id, CancellationToken cancellationToken)
    {
        var submission = ExpenseForm.KeyOf(Request.Form.Text("submission"), "delete", $"{id}");
        var result = await database.DeleteExpenseAsync(user.Id, id, submission, time.UtcNow(), cancellationToken);
        return result == SaveResult.Saved ? Redirect(ReturnPath.With(ReturnPath.Of(Request), submission)) : NotFound();
    }

    public override async Task ReadFormAsync(CancellationToken cancellationToken)
    {
        Submission = Request.Form.Text("submission");
        Back = ReturnPath.Of(Request);
        await FindAsync(cancellationToken);
    }

    private async Task FindAsync(CancellationToken cancellationToken)
    {
        var id = long.Parse((string)RouteData.Values["id"]!, System.Globalization.CultureInfo.InvariantCulture);
        Expense = await database.FindExpenseAsync(user.Id, id, cancellationToken);
        var categories = await database.ListCategoriesAsync(user.Id, cancellationToken);
        CategoryName = categories.FirstOrDefault(category => category.Id == Expense?.CategoryId)?.Name ?? "";
    }
}
