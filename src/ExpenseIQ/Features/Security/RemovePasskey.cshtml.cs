using ExpenseIQ.Features.Accounts;
using ExpenseIQ.Features.Shared;
using ExpenseIQ.Web;
using Microsoft.AspNetCore.Mvc;

namespace ExpenseIQ.Features.Security;

/// <summary>POST /settings/security/passkeys/remove: takes a passkey away.</summary>
[ConfirmedOnly]
internal sealed class RemovePasskeyModel(Passkeys passkeys, CurrentUser user) : FormPage
{
    public IActionResult OnGet() => Redirect("~/settings/security");

    public async Task<IActionResult> OnPostAsync() =>
        await passkeys.RemoveAsync(user.Id, Request.Form.Text("key"), Visitor.Of(HttpContext)) ? Redirect("~/settings/security?done=passkey-removed") : NotFound();

    public override Task ReadFormAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
