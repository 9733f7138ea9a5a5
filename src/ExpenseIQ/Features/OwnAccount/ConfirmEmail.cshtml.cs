using ExpenseIQ.Features.Accounts;
using ExpenseIQ.Features.Shared;
using ExpenseIQ.Web;
using Microsoft.AspNetCore.Mvc;

namespace ExpenseIQ.Features.OwnAccount;

/// <summary>
/// GET and POST /settings/account/email/confirm: the link that was sent to a new e-mail address. It counts for whoever is signed in to the
/// account: somebody else who was sent it, because an address was mistyped, gets nothing by it.
/// </summary>
internal sealed class ConfirmEmailModel(EmailAddresses addresses, CurrentUser user) : FormPage
{
    public string Username => user.Username;

    public string Token { get; private set; } = "";

    /// <summary>The address that would count; null: the link does not.</summary>
    public string? Email { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        await ReadAsync(Request.Query.Text("token"), cancellationToken);
        return Email is null ? Again(StatusCodes.Status404NotFound) : Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await ReadFormAsync(cancellationToken);
        switch (await addresses.ProveAsync(user.Id, Token, Visitor.Of(HttpContext), cancellationToken))
        {
            case AddressChange.Changed:
                return Redirect("~/settings/account?done=email");
            case AddressChange.Taken:
                Errors.Add("", "There is an account with this e-mail address already.");
                return Again();
            default:
                Email = null;
                return Again(StatusCodes.Status404NotFound);
        }
    }

    public override Task ReadFormAsync(CancellationToken cancellationToken) => ReadAsync(Request.Form.Text("token"), cancellationToken);

    private async Task ReadAsync(string token, CancellationToken cancellationToken)
    {
        SecurityHeaders.HideAddress(Response);
        Token = token;
        Email = await addresses.FindAsync(user.Id, token, cancellationToken);
    }
}
