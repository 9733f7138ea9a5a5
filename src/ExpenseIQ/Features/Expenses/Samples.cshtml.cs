using ExpenseIQ.Database;
using ExpenseIQ.Domain;
using ExpenseIQ.Features.Shared;
using ExpenseIQ.Web;
using Microsoft.AspNetCore.Mvc;

namespace ExpenseIQ.Features.Expenses;

/// <summary>Adds sample expenses to an account without any, or takes them out again; GET asks.</summary>
public sealed class SamplesModel(ExpenseDatabase database, CurrentUser user, TimeProvider time) : FormPage
{
    public bool Removes => RouteData.Values["remove"] is not null;

    public void OnGet()
    {
        // The question is all there is.
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (Removes) await database.RemoveSamplesAsync(user.Id, cancellationToken);
        else if (!await database.AddSamplesAsync(user.Id, user.Today, time.UtcNow(), cancellationToken) && !user.HasSamples)
        {
            Errors.Add("", "You have expenses already, and samples are not mixed into them. Nothing was added.");
            return Again(StatusCodes.Status409Conflict);
        }
        return Redirect("~/dashboard");
    }

    public override Task ReadFormAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
