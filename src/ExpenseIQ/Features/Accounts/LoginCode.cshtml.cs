using ExpenseIQ.Features.Shared;
using ExpenseIQ.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace ExpenseIQ.Features.Accounts;

/// <summary>The second step of signing in: a code of the authenticator app, or one for recovery.</summary>
[EnableRateLimiting(Pressure.Passwords)]
internal sealed class LoginCodeModel(SignInSteps signIn) : FormPage
{
    public string Code { get; private set; } = "";

    /// <summary>Whether to ask for no code on this browser for a while.</summary>
    public bool LeaveOut { get; private set; }

    public string Next { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        Next = ReturnAddress.Of(Url, Request.Query.Text("next"));
        return await signIn.IsWaitingForCodeAsync(HttpContext, cancellationToken) ? Page() : StartAgain();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await ReadFormAsync(cancellationToken);
        if (Code.Length == 0)
        {
            Errors.Add("code", "Enter the code.");
            return Again();
        }
        var result = await signIn.WithCodeAsync(HttpContext, Code, LeaveOut, cancellationToken);
        switch (result.Proof)
        {
            case Proof.Right:
                return LocalRedirect(Next.Length > 0 ? Next : "~/dashboard");
            case Proof.TooSoon:
                Errors.Add("", result.TooSoonMessage);
                return TooSoon(result.Wait);
            case Proof.Wrong:
                Errors.Add("code", "This code does not count. The app shows a new one every 30 seconds, and each counts once.");
                return Again();
            default:
                return StartAgain();
        }
    }

    public override Task ReadFormAsync(CancellationToken cancellationToken)
    {
        Code = Request.Form.Text("code").Trim();
        LeaveOut = Request.Form.Text("leave_out") == "true";
        Next = ReturnAddress.Of(Url, Request.Form.Text("next"));
        return Task.CompletedTask;
    }

    private RedirectResult StartAgain() => Redirect("~/login" + (Next.Length > 0 ? QueryString.Create("next", Next) : ""));
}
