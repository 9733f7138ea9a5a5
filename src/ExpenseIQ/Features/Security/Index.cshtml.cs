using ExpenseIQ.Features.Accounts;
using ExpenseIQ.Features.Shared;
using ExpenseIQ.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExpenseIQ.Features.Security;

/// <summary>GET /settings/security: what the account proves itself with, and who is signed in.</summary>
internal sealed class IndexModel(SecuritySettings security, Passkeys passkeys, Sessions sessions, Settings settings, CurrentUser user) : PageModel
{
    public SecurityState State { get; private set; } = null!;

    /// <summary>Whether the site asks for more than a password, which this session began with.</summary>
    public bool MustAddFactor => settings.RequiresSecondFactor && !user.HasTwoFactors;

    public IReadOnlyList<PasskeyRow> Passkeys { get; private set; } = [];

    public IReadOnlyList<SessionRow> Sessions { get; private set; } = [];

    /// <summary>What was done just now, in words; null: nothing.</summary>
    public string? Done { get; private set; }

    public bool IsHere(SessionRow session) => session.Key == user.SessionKey;

    /// <summary>"Nov 5, 2024, 14:30".</summary>
    public string Time(DateTime utc) => user.Moment(utc);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        Done = Request.Query.Text("done") switch
        {
            "password" => "Password changed; all other sessions ended",
            "codes-on" => "Codes are on",
            "codes-off" => "Codes are off",
            "passkey" => "Passkey added",
            "passkey-removed" => "Passkey removed",
            "ended" => "Signed out there",
            "others-ended" => "Signed out everywhere else",
            _ => null,
        };
        State = await security.OfAsync(user.Id, cancellationToken);
        Passkeys = await passkeys.ListAsync(user.Id, cancellationToken);
        Sessions = await sessions.ListAsync(user.Id, cancellationToken);
        return Page();
    }
}
