using ExpenseIQ.Features.Accounts;
using ExpenseIQ.Features.Shared;
using ExpenseIQ.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace ExpenseIQ.Features.Security;

/// <summary>GET and POST /settings/security/password: a new password, which ends all other sessions.</summary>
[ConfirmedOnly]
[EnableRateLimiting(Pressure.Passwords)]
internal sealed class ChangePasswordModel(Passwords passwords, CurrentUser user) : FormPage
{
    public void OnGet()
    {
        // The form is empty.
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var password = Request.Form.Text("password");
        NewPassword.Check(password, Request.Form.Text("confirm"), Errors);
        if (Errors.Any) return Again();
        await passwords.ChangeAsync(user.Id, password, user.SessionKey, SecurityEvent.PasswordChanged, Visitor.Of(HttpContext));
        return Redirect("~/settings/security?done=password");
    }

    public override Task ReadFormAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
