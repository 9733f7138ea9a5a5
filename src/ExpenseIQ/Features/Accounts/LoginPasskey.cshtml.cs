using ExpenseIQ.Features.Shared;
using ExpenseIQ.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace ExpenseIQ.Features.Accounts;

/// <summary>POST /login/passkey: signs in with a passkey alone. What goes wrong is said where the form was.</summary>
[EnableRateLimiting(Pressure.Passwords)]
internal sealed class LoginPasskeyModel(Passkeys passkeys, SignInSteps signIn) : FormPage
{
    public string Next { get; private set; } = "";

    public IActionResult OnGet() => Redirect("~/login");

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await ReadFormAsync(cancellationToken);
        var form = Request.Form;
        if (await passkeys.VerifyAsync(HttpContext, form.Text("credential"), form.Text("state")) is not { } userId)
        {
            Errors.Add("", "This passkey is not known here, or the answer came too late. Please try again.");
            return Again();
        }
        var result = await signIn.WithPasskeyAsync(HttpContext, userId, form.Text("remember") == "true");
        if (result.Proof == Proof.Right) return LocalRedirect(Next.Length > 0 ? Next : "~/dashboard");
        Errors.Add("", SignInSteps.ShutMessage);
        return Again();
    }

    public override Task ReadFormAsync(CancellationToken cancellationToken)
    {
        Next = ReturnAddress.Of(Url, Request.Form.Text("next"));
        return Task.CompletedTask;
    }
}
