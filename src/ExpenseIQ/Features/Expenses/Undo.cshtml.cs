using ExpenseIQ.Database;
using ExpenseIQ.Domain;
using ExpenseIQ.Features.Shared;
using ExpenseIQ.Web;
using Microsoft.AspNetCore.Mvc;

namespace ExpenseIQ.Features.Expenses;

/// <summary>Undoes what a form did, by that form's key.</summary>
public sealed class UndoModel(ExpenseDatabase database, CurrentUser user, TimeProvider time) : FormPage
{
    public string Back { get; private set; } = "";

    public string Reason { get; private set; } = "";

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await ReadFormAsync(cancellationToken);
        if (ReturnPath.KeyIn(Request.Form.Text("done")) is not { } key) return NotFound();
        var submission = ExpenseForm.KeyOf(Request.Form.Text("submission"), "undo", key);
        var result = await database.UndoAsync(user.Id, key, submission, time.UtcNow(), cancellationToken);
        if (result == SaveResult.Saved) return Redirect(ReturnPath.With(Back, submission));

        if (result == SaveResult.NotFound) return NotFound();
        Reason = result == SaveResult.Conflict ? "The expense was changed or deleted since." : "Its category is not there any more.";
        return Again(StatusCodes.Status409Conflict);
    }

    public override Task ReadFormAsync(CancellationToken cancellationToken)
    {
        Back = ReturnPath.Of(Request);
        Reason = Errors.Summary ?? "";
        return Task.CompletedTask;
    }
}
