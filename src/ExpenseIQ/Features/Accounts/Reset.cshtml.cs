using System.Globalization;
using ExpenseIQ.Database.Tables;
using ExpenseIQ.Features.Shared;
using ExpenseIQ.Web;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace ExpenseIQ.Features.Accounts;

/// <summary>GET and POST /reset: a new password, for whoever has a link to it. Signing in still asks for a code where that is on.</summary>
[EnableRateLimiting(Pressure.Passwords)]
internal sealed class ResetModel(OneTimeTokens tokens, Devices devices, Passwords passwords, UserManager<User> users) : FormPage
{
    public string Token { get; private set; } = "";

    /// <summary>Whose link it is; null: nobody's, or it counts no more.</summary>
    public User? Owner { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        await ReadAsync(Request.Query.Text("token"), cancellationToken);
        return Owner is null ? NoLonger() : Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await ReadFormAsync(cancellationToken);
        if (Owner is not { } owner) return NoLonger();
        var password = Request.Form.Text("password");
        NewPassword.Check(password, Request.Form.Text("confirm"), [owner.Username, owner.Email], Errors);
        if (Errors.Any) return Again();
        var isChanged = await passwords.ChangeAsync(
            owner.Id, password, except: null, SecurityEvent.PasswordReset, Visitor.Of(HttpContext), () => tokens.UseAsync(Token, OneTimePurpose.NewPassword));
        if (isChanged)
        {
            // Whoever keeps the account busy with wrong guesses does not keep its owner from signing in here.
            await devices.RememberAsync(HttpContext, owner.Id, leaveOutCode: false);
            return Redirect("~/login?done=password");
        }
        Owner = null;
        return NoLonger();
    }

    public override Task ReadFormAsync(CancellationToken cancellationToken) => ReadAsync(Request.Form.Text("token"), cancellationToken);

    private async Task ReadAsync(string token, CancellationToken cancellationToken)
    {
        SecurityHeaders.HideAddress(Response);
        Token = token;
        var found = await tokens.FindAsync(token, OneTimePurpose.NewPassword, cancellationToken);
        Owner = found is null ? null : await users.FindByIdAsync(found.UserId.ToString(CultureInfo.InvariantCulture));
    }

    private IActionResult NoLonger() => Again(StatusCodes.Status404NotFound);
}
