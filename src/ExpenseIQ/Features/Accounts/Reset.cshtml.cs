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
internal sealed class ResetModel(OneTimeTokens tokens, Devices devices, Passkeys passkeys, Passwords passwords, UserManager<User> users) : FormPage
{
    public string Token { get; private set; } = "";

    /// <summary>Whose link it is; null: nobody's, or it counts no more.</summary>
    public User? Owner { get; private set; }

    /// <summary>What signs in without the password, too: whoever had the account before may have left one.</summary>
    public IReadOnlyList<PasskeyRow> PasskeysThere { get; private set; } = [];

    /// <summary>Whether they stay.</summary>
    public bool KeepsPasskeys { get; private set; }

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
        var visitor = Visitor.Of(HttpContext);
        var isChanged = await passwords.ChangeAsync(owner.Id, password, except: null, SecurityEvent.PasswordReset, visitor, async () =>
        {
            if (!await tokens.UseAsync(Token, OneTimePurpose.NewPassword)) return false;
            if (!KeepsPasskeys) await passkeys.RemoveAllAsync(owner.Id, visitor);
            return true;
        });
        if (isChanged)
        {
            // Whoever keeps the account busy with wrong guesses does not keep its owner from signing in here.
            await devices.RememberAsync(HttpContext, owner.Id, leaveOutCode: false);
            return Redirect("~/login?done=password");
        }
        Owner = null;
        return NoLonger();
    }

    public override Task ReadFormAsync(CancellationToken cancellationToken)
    {
        KeepsPasskeys = Request.Form.Text("keep_passkeys").Length > 0;
        return ReadAsync(Request.Form.Text("token"), cancellationToken);
    }

    private async Task ReadAsync(string token, CancellationToken cancellationToken)
    {
        SecurityHeaders.HideAddress(Response);
        Token = token;
        var found = await tokens.FindAsync(token, OneTimePurpose.NewPassword, cancellationToken);
        Owner = found is null ? null : await users.FindByIdAsync(found.UserId.ToString(CultureInfo.InvariantCulture));
        if (Owner is not null) PasskeysThere = await passkeys.ListAsync(Owner.Id, cancellationToken);
    }

    private IActionResult NoLonger() => Again(StatusCodes.Status404NotFound);
}
