using ExpenseIQ.Features.Accounts;
using ExpenseIQ.Features.Shared;
using ExpenseIQ.Web;
using Microsoft.AspNetCore.Mvc;

namespace ExpenseIQ.Features.Security;

/// <summary>POST /confirm/passkey: whoever is signed in proves once more who they are, with a passkey of the account.</summary>
internal sealed class ConfirmPasskeyModel(Passkeys passkeys, Sessions sessions, CurrentUser user) : FormPage
{
    public string Next { get; private set; } = "";

    public IActionResult OnGet() => Redirect("~/confirm");

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await ReadFormAsync(cancellationToken);
        if (await passkeys.VerifyAsync(HttpContext, Request.Form.Text("credential"), Request.Form.Text("state")) == user.Id)
        {
            await sessions.ConfirmAsync(HttpContext, user);
            return LocalRedirect(Next.Length > 0 ? Next : "~/settings/security");
        }
        Errors.Add("", "This is no passkey of this account, or the answer came too late.");
        return Again();
    }

    public override Task ReadFormAsync(CancellationToken cancellationToken)
    {
        Next = ReturnAddress.Of(Url, Request.Form.Text("next"));
        return Task.CompletedTask;
    }
}
