using ExpenseIQ.Database;
using ExpenseIQ.Features.Shared;
using ExpenseIQ.Web;
using Microsoft.AspNetCore.Mvc;

namespace ExpenseIQ.Features.Preferences;

/// <summary>GET and POST /settings: currency, region, dates, week, time zone, light or dark.</summary>
public sealed class IndexModel(ExpenseDatabase database, CurrentUser user) : FormPage
{
    public PreferencesForm Form { get; private set; } = new();

    /// <summary>Whether the form was saved just now.</summary>
    public bool IsSaved { get; private set; }

    /// <summary>The region in whose words choices are shown.</summary>
    public System.Globalization.CultureInfo Region => Locales.Find(Form.Locale) ?? user.Culture;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        IsSaved = Request.Query.Text("saved").Length > 0;
        if (await database.FindHabitsAsync(user.Id, cancellationToken) is not { } habits) return NotFound();
        Form = PreferencesForm.Of(habits);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await ReadFormAsync(cancellationToken);
        if (Form.Check(Errors) is not { } habits) return Again();
        await database.ChangeHabitsAsync(user.Id, habits, cancellationToken);
        return Redirect("~/settings?saved=1");
    }

    public override Task ReadFormAsync(CancellationToken cancellationToken)
    {
        Form = PreferencesForm.Read(Request.Form);
        return Task.CompletedTask;
    }
}
