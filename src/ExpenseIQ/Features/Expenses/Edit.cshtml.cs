using ExpenseIQ.Database;
using ExpenseIQ.Database.Tables;
using ExpenseIQ.Domain;
using ExpenseIQ.Features.Shared;
using ExpenseIQ.Web;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;

namespace ExpenseIQ.Features.Expenses;

/// <summary>A stored expense in words, for the question whether to delete it.</summary>
public sealed record ExpenseInWords(string Title, string Amount, string Category, string Date);

/// <summary>Adds an expense, or edits the one whose id the address has.</summary>
public sealed class EditModel(ExpenseDatabase database, CurrentUser user, TimeProvider time) : FormPage
{
    private static readonly string[] FieldNames = ["Amount", "Category", "Description", "Date"];

    public long? Id { get; private set; }

    public ExpenseForm Form { get; private set; } = new();

    /// <summary>Where saving and leaving lead to.</summary>
    public string Back { get; private set; } = "";

    /// <summary>What was saved last, where another expense is added after it.</summary>
    public Done? Done { get; private set; }

    public DateOnly Today => user.Today;

    /// <summary>What is stored now, where somebody else changed it while the form was open.</summary>
    public ExpenseForm? Stored { get; private set; }

    /// <summary>The stored expense that this form is for, where there is one.</summary>
    public ExpenseInWords? Specimen { get; private set; }

    /// <summary>Whether the expense was deleted while the form was open: sending it adds it anew.</summary>
    public bool IsGone { get; private set; }

    public IReadOnlyList<Category> Categories { get; private set; } = [];

    public Formats Formats => user.Formats;

    public bool IsNew => Id is null;

    public string Action => Request.PathBase + (IsNew || IsGone ? "/expenses/add" : $"/expenses/{Id}/edit");

    public Alert? Alert => Stored is null
        ? Alert.Of(Errors, IsNew ? "This expense was not saved." : "Your changes were not saved.")
        : new Alert(Errors.Summary!, "Below is what is stored now beside what you typed. Nothing of yours was saved yet.", "warning");

    /// <summary>What is stored beside what was typed, field by field, where both can be saved but only one can stay.</summary>
    public IEnumerable<(string Name, string Stored, string Typed)> Comparison => FieldNames.Zip(Fields(Stored!), Fields(Form));

    public async Task<IActionResult> OnGetAsync([FromRoute] long? id, CancellationToken cancellationToken)
    {
        var draft = Draft.Find(HttpContext);
        Read(id, draft);
        await ReadCategoriesAsync(cancellationToken);
        if (id is null)
        {
            Done = await database.FindDoneAsync(user, Request, cancellationToken);
            return Page();
        }
        var stored = await FindStoredAsync(cancellationToken);
        if (draft is not null) return stored is null ? Gone() : Page();
        if (stored is null) return NotFound();
        Form = stored;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync([FromRoute] long? id, CancellationToken cancellationToken)
    {
        Read(id, Request.Form.Text);
        if (Form.Check(user.Formats, Errors) is not { } input)
        {
            await ReadCategoriesAsync(cancellationToken);
            // Whose expense it is comes before what is wrong with the form.
            return IsNew || await FindStoredAsync(cancellationToken) is not null ? Again() : Gone();
        }
        var now = time.UtcNow();
        var submission = Form.SubmissionKey();
        var result = IsNew
            ? await database.AddExpenseAsync(user.Id, input, submission, now, cancellationToken)
            : await database.ChangeExpenseAsync(user.Id, Id!.Value, Form.ExpectedVersion, input, submission, now, cancellationToken);
        if (result == SaveResult.Saved) return GoOn(submission);

        await ReadCategoriesAsync(cancellationToken);
        switch (result)
        {
            case SaveResult.NotFound:
                return Gone();
            case SaveResult.Conflict:
                return await ConflictAsync(cancellationToken);
            default:
                Errors.Add("category_id", "This category is not one of yours.");
                return Again();
        }
    }

    public override Task ReadFormAsync(CancellationToken cancellationToken)
    {
        Read(RouteData.Values["id"] is string id ? long.Parse(id, System.Globalization.CultureInfo.InvariantCulture) : null, Request.Form.Text);
        return ReadCategoriesAsync(cancellationToken);
    }

    private void Read(long? id, Func<string, string>? text)
    {
        Id = id;
        Back = ReturnPath.Of(Request);
        // An address can fill the form that adds: a bookmark, or the day of the expense before.
        Form = ExpenseForm.Read(text ?? Request.Query.Text);
        if (text is not null) return;
        Form = Form with { Version = "", Submission = ExpenseForm.NewSubmission(), Date = Form.Date.Length > 0 ? Form.Date : Dates.ToInput(user.Today) };
    }

    /// <summary>Back to where the form was opened, or to the next one, with the same day in it.</summary>
    private RedirectResult GoOn(string submission) => Redirect(Request.Form.Text("again").Length == 0
        ? ReturnPath.With(Back, submission)
        : "~/expenses/add" + new QueryBuilder { { "date", Form.Date }, { "back", Back }, { "done", submission } });

    /// <summary>Only where the form is shown: a form that is saved leads on to another page.</summary>
    private async Task ReadCategoriesAsync(CancellationToken cancellationToken) =>
        Categories = await database.ListCategoriesByUseAsync(user.Id, cancellationToken);

    private async Task<ExpenseForm?> FindStoredAsync(CancellationToken cancellationToken)
    {
        if (await database.FindExpenseAsync(user.Id, Id!.Value, cancellationToken) is not { } expense) return null;
        var category = CategoryName(expense.CategoryId);
        Specimen = new ExpenseInWords(
            expense.Description.Length > 0 ? expense.Description : category, Formats.Amount(expense.Amount), category, Formats.Date(expense.Date));
        return ExpenseForm.Of(expense, user.Culture);
    }

    private string CategoryName(long id) => Categories.FirstOrDefault(category => category.Id == id)?.Name ?? "";

    private string[] Fields(ExpenseForm form) => form.Check(Formats, new FormErrors()) is { } expense
        ? [Formats.Amount(expense.Amount), CategoryName(expense.CategoryId), expense.Description, Formats.Date(expense.Date)]
        : ["", "", "", ""];

    private async Task<IActionResult> ConflictAsync(CancellationToken cancellationToken)
    {
        if (await FindStoredAsync(cancellationToken) is not { } stored) return Gone();
        Stored = stored;
        Form = Form with { Version = stored.Version };
        Errors.Add("", "Somebody changed this expense while you were editing it.");
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
