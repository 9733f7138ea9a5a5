using ExpenseIQ.Database;
using ExpenseIQ.Features.Accounts;
using ExpenseIQ.Features.Shared;
using ExpenseIQ.Web;
using Microsoft.AspNetCore.Mvc;

namespace ExpenseIQ.Features.OwnAccount;

/// <summary>GET and POST /settings/account/delete: says what goes, asks for the user name, and deletes the account for real.</summary>
[ConfirmedOnly]
internal sealed class DeleteModel(Departures departures, Sessions sessions, CurrentUser user) : FormPage
{
    public string Username => user.Username;

    /// <summary>What was typed.</summary>
    public string Typed { get; private set; } = "";

    public string Expenses => user.ExpenseCount == 1 ? "One expense" : $"{user.Formats.Number(user.ExpenseCount)} expenses";

    /// <summary>Whether somebody else would have to be made administrator first.</summary>
    public bool MustStay { get; private set; }

    public Task OnGetAsync(CancellationToken cancellationToken) => ReadStateAsync(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await ReadFormAsync(cancellationToken);
        if (!string.Equals(Typed, Username, StringComparison.OrdinalIgnoreCase))
        {
            Errors.Add("username", $"Type {Username}, which is the name of the account that goes.");
            return Again();
        }
        if (!await departures.LeaveAsync(user.Id))
        {
            MustStay = true;
            return Again(StatusCodes.Status409Conflict);
        }
        await sessions.EndAsync(HttpContext);
        return Redirect(await RemoveAsync() ? "~/goodbye" : "~/goodbye?rest=1");
    }

    /// <summary>Whether or not somebody waits for the answer: it was asked for. What can't be done now is done later.</summary>
    private async Task<bool> RemoveAsync()
    {
        try
        {
            return await departures.RemoveAsync(user.Id, Departures.AtOnce, CancellationToken.None);
        }
        catch (DatabaseUnavailableException)
        {
            return false;
        }
    }

    public override Task ReadFormAsync(CancellationToken cancellationToken)
    {
        Typed = Request.Form.Text("username").Trim();
        return ReadStateAsync(cancellationToken);
    }

    private async Task ReadStateAsync(CancellationToken cancellationToken) => MustStay = !await departures.MayLeaveAsync(user.Id, cancellationToken);
}
