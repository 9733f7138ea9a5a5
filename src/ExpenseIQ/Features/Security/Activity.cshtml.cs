using System.Globalization;
using ExpenseIQ.Database;
using ExpenseIQ.Features.Shared;
using ExpenseIQ.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExpenseIQ.Features.Security;

/// <summary>GET /settings/security/activity: what happened to the account, newest first.</summary>
internal sealed class ActivityModel(ExpenseDatabase database, CurrentUser user) : PageModel
{
    public IReadOnlyList<EventRow> Events { get; private set; } = [];

    /// <summary>Whether these are not the newest.</summary>
    public bool IsLater { get; private set; }

    /// <summary>What the next page begins after; null where there is none.</summary>
    public long? Next { get; private set; }

    /// <summary>"Nov 5, 2024, 14:30".</summary>
    public string Time(DateTime utc) => user.Moment(utc);

    /// <summary>Where it happened, and how.</summary>
    public string Circumstances(EventRow row) => string.Join(
        " · ",
        new[]
        {
            Time(row.At),
            row.IsByAdministrator ? "by an administrator" : DeviceName.Of(row.UserAgent),
            row.Address,
            EventWords.DetailOf(row.Kind, row.Detail),
        }.Where(part => part.Length > 0));

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var text = Request.Query.Text("before");
        IsLater = text.Length > 0;
        var before = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : (long?)null;
        if (IsLater && before is null) return NotFound();
        var rows = await database.ListEventsAsync(user.Id, before, cancellationToken);
        Events = [.. rows.Take(Security.Events.PageSize)];
        if (rows.Count > Events.Count) Next = Events[^1].Id;
        return Page();
    }
}
