using ExpenseIQ.Features.Accounts;
using ExpenseIQ.Features.Shared;
using ExpenseIQ.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace ExpenseIQ.Features.Security;

/// <summary>GET and POST /settings/security/password: a new password, which ends all other sessions.</summary>
[ConfirmedOnly]
[EnableRateLimiting(Pressure.Passwords)]
internal sealed class ChangePasswordModel(Passwords passwords, Devices devices, SecuritySettings security, CurrentUser user) : FormPage
{
    /// <summary>The account's address: no part of a good password.</summary>
    public string Email { get; private set; } = "";

    public Task OnGetAsync(CancellationToken cancellationToken) => ReadFormAsync(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await ReadFormAsync(cancellationToken);
        var password = Request.Form.Text("password");
        NewPassword.Check(password, Request.Form.Text("confirm"), [user.Username, Email], Errors);
        if (Errors.Any) return Again();
        await passwords.ChangeAsync(user.Id, password, user.SessionKey, SecurityEvent.PasswordChanged, Visitor.Of(HttpContext));
        await devices.RememberAsync(HttpContext, user.Id, leaveOutCode: false);
        return Redirect("~/settings/security?done=password");
    }

    public override async Task ReadFormAsync(CancellationToken cancellationToken) => Email = (await security.OfAsync(user.Id, cancellationToken)).Email;
}
