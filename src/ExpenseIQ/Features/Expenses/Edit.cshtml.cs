using ExpenseIQ.Database;
using ExpenseIQ.Database.Tables;
using ExpenseIQ.Domain;
using ExpenseIQ.Features.Shared;
using ExpenseIQ.Web;
using Microsoft.AspNetCore.Mvc;

namespace ExpenseIQ.Features.Expenses;

/// <summary>Adds an expense, or edits the one whose id the address has.</summary>
public sealed class EditModel(ExpenseDatabase database, CurrentUser user, TimeProvider time) : FormPage
{
    public long? Id { get; private set; }

    public ExpenseForm Form { get; private set; } = new();

    /// <summary>What is stored now, where somebody else changed it while the form was open.</summary>
    public ExpenseForm? Stored { get; private set; }

    /// <summary>Whether the expense was deleted while the form was open: sending it adds it anew.</summary>
    public bool IsGone { get; private set; }

    public IReadOnlyList<Category> Categories { get; private set; } = [];

    public Formats Formats => user.Formats;

    public bool IsNew => Id is null;

    public string Action => IsNew || IsGone ? "/expenses/add" : $"/expenses/{Id}/edit";

    public async Task<IActionResult> OnGetAsync([FromRoute] long? id, CancellationToken cancellationToken)
    {
        await ReadAsync(id, Draft.Find(HttpContext), cancellationToken);
        if (id is null || Form.Version.Length > 0) return Page();
        if (await FindStoredAsync(cancellationToken) is not { } stored) return NotFound();
        Form = stored;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync([FromRoute] long? id, CancellationToken cancellationToken)
    {
        await ReadAsync(id, Request.Form.Text, cancellationToken);
        if (Form.Check(user.Formats, Errors) is not { } input)
        {
            // Whose expense it is comes before what is wrong with the form.
            return IsNew || await FindStoredAsync(cancellationToken) is not null ? Again() : Gone();
        }
        var now = time.UtcNow();
        var result = IsNew
            ? await database.AddExpenseAsync(user.Id, input, Form.SubmissionKey, now, cancellationToken)
            : await database.ChangeExpenseAsync(user.Id, Id!.Value, Form.ExpectedVersion, input, Form.SubmissionKey, now, cancellationToken);
        switch (result)
        {
            case SaveResult.Saved:
                return Redirect("~/expenses");
            case SaveResult.NotFound:
                return Gone();
            case SaveResult.Conflict:
                return await ConflictAsync(cancellationToken);
            case SaveResult.SentBefore:
                Form = Form with { Submission = ExpenseForm.NewSubmission() };
                Errors.Add("", "This form was sent before, with something else in it, and that is stored. If this is another expense, save it once more.");
                return Again(StatusCodes.Status409Conflict);
            default:
                Errors.Add("category_id", "This category is not one of yours.");
                return Again();
        }
    }

    public override Task ReadFormAsync(CancellationToken cancellationToken) =>
        ReadAsync(RouteData.Values["id"] is string id ? long.Parse(id, System.Globalization.CultureInfo.InvariantCulture) : null, Request.Form.Text, cancellationToken);

    private async Task ReadAsync(long? id, Func<string, string>? text, CancellationToken cancellationToken)
    {
        Id = id;
        Categories = await database.ListCategoriesAsync(user.Id, cancellationToken);
        Form = text is not null
            ? ExpenseForm.Read(text)
            : new ExpenseForm { Date = Dates.ToInput(user.Today), Submission = ExpenseForm.NewSubmission() };
    }

    private async Task<ExpenseForm?> FindStoredAsync(CancellationToken cancellationToken) =>
        await database.FindExpenseAsync(user.Id, Id!.Value, cancellationToken) is { } expense ? ExpenseForm.Of(expense, user.Culture) : null;

    private async Task<IActionResult> ConflictAsync(CancellationToken cancellationToken)
    {
        if (await FindStoredAsync(cancellationToken) is not { } stored) return Gone();
        Stored = stored;
        Form = Form with { Version = stored.Version, Submission = stored.Submission };
        Errors.Add("", "Somebody changed this expense while you were editing it. Nothing of yours was saved yet: compare, then save again.");
        return Again(StatusCodes.Status409Conflict);
    }

    /// <summary>The same for an expense that was deleted and for one that never was the user's.</summary>
    private IActionResult Gone()
    {
        IsGone = true;
        Form = Form with { Version = "", Submission = ExpenseForm.NewSubmission() };
        Errors.Add("", "There is no such expense any more. What you typed is still here: save it as a new expense, or leave it.");
        return Again(StatusCodes.Status404NotFound);
    }
}
