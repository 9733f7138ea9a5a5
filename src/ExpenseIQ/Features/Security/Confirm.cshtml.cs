using ExpenseIQ.Features.Accounts;
using ExpenseIQ.Features.Shared;
using ExpenseIQ.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace ExpenseIQ.Features.Security;

/// <summary>Asks whoever is signed in to prove once more who they are, before something dangerous.</summary>
[EnableRateLimiting(Pressure.Passwords)]
internal sealed class ConfirmModel(SignInSteps signIn, SecuritySettings security, CurrentUser user) : FormPage
{
    /// <summary>Where to go on to: a path of this site.</summary>
    public string Next { get; private set; } = "";

    public string Code { get; private set; } = "";

    /// <summary>Whether a code is asked beside the password.</summary>
    public bool AsksForCode { get; private set; }

    /// <summary>Whether one of the account's passkeys would do.</summary>
    public bool HasPasskey { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        Next = ReturnAddress.Of(Url, Request.Query.Text("next"));
        await ReadMeansAsync(cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await ReadFormAsync(cancellationToken);
        var password = Request.Form.Text("password");
        if (password.Length == 0) Errors.Add("password", "Enter your password.");
        if (AsksForCode && Code.Length == 0) Errors.Add("code", "Enter the code.");
        if (Errors.Any) return Again();
        var result = await signIn.ConfirmAsync(HttpContext, user, password, Code);
        switch (result.Proof)
        {
            case Proof.Right:
                return LocalRedirect(Next.Length > 0 ? Next : "~/settings/security");
            case Proof.TooSoon:
                Errors.Add("", result.TooSoonMessage);
                return TooSoon(result.Wait);
            case Proof.NeedsCode:
                Errors.Add("code", "This code does not count. The app shows a new one every 30 seconds, and each counts once.");
                return Again();
            default:
                Errors.Add("password", "This is not your password.");
                return Again();
        }
    }

    public override Task ReadFormAsync(CancellationToken cancellationToken)
    {
        Code = Request.Form.Text("code").Trim();
        Next = ReturnAddress.Of(Url, Request.Form.Text("next"));
        return ReadMeansAsync(cancellationToken);
    }

    private async Task ReadMeansAsync(CancellationToken cancellationToken)
    {
        var state = await security.OfAsync(user.Id, cancellationToken);
        (AsksForCode, HasPasskey) = (state.AsksForCode, state.HasPasskey);
    }
}
