using ExpenseIQ.Database;
using ExpenseIQ.Features.Accounts;
using ExpenseIQ.Features.Shared;
using ExpenseIQ.Web;
using Microsoft.AspNetCore.Mvc;

namespace ExpenseIQ.Features.Security;

/// <summary>POST /settings/security/sessions/end: ends one session of the account, or all but this one.</summary>
[ConfirmedOnly]
internal sealed class EndSessionModel(ExpenseDatabase database, Sessions sessions, Devices devices, SecurityLog log, CurrentUser user) : FormPage
{
    public IActionResult OnGet() => Redirect("~/settings/security");

    public async Task<IActionResult> OnPostAsync()
    {
        var (key, visitor) = (Request.Form.Text("key"), Visitor.Of(HttpContext));
        if (key != "others") return await sessions.EndOneAsync(user.Id, key, visitor) ? Redirect("~/settings/security?done=ended") : NotFound();
        await database.WriteAsync(
            async _ =>
            {
                await sessions.EndOthersAsync(user.Id, user.SessionKey);
                return await database.ExecuteAsync(log.Row(user.Id, SecurityEvent.OtherSessionsEnded, visitor), CancellationToken.None);
            },
            CancellationToken.None);
        await devices.RememberAsync(HttpContext, user.Id, leaveOutCode: false);
        return Redirect("~/settings/security?done=others-ended");
    }

    public override Task ReadFormAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
