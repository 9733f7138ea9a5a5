using ExpenseIQ.Features.Accounts;
using ExpenseIQ.Features.Security;
using ExpenseIQ.Features.Shared;
using ExpenseIQ.Web;
using Microsoft.AspNetCore.Mvc;

namespace ExpenseIQ.Features.OwnAccount;

/// <summary>GET and POST /settings/account/email: another e-mail address.</summary>
[ConfirmedOnly]
internal sealed class ChangeEmailModel(EmailAddresses addresses, SecuritySettings security, Guesses guesses, CurrentUser user) : FormPage
{
    public string Email { get; private set; } = "";

    /// <summary>Whether a link goes to the new address first.</summary>
    public bool IsProven => addresses.AreProven;

    public async Task OnGetAsync(CancellationToken cancellationToken) => Email = (await security.OfAsync(user.Id, cancellationToken)).Email;

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await ReadFormAsync(cancellationToken);
        if (RegisterForm.EmailProblem(Email) is { } problem)
        {
            Errors.Add("email", problem);
            return Again();
        }
        // Nobody tries in a row which addresses have accounts.
        if (await guesses.TryAsync([GuessLimit.OfRequests($"account {user.Id}")]) is { Ticks: > 0 } wait)
        {
            Errors.Add("", new ProofResult(Proof.TooSoon, wait).TooSoonMessage);
            return TooSoon(wait);
        }
        switch (await addresses.ChangeAsync(user.Id, Email, Visitor.Of(HttpContext)))
        {
            case AddressChange.Changed:
                return Redirect("~/settings/account?done=email");
            case AddressChange.AskedFor:
                return Redirect("~/settings/account?done=email-asked");
            default:
                Errors.Add("email", "There is an account with this e-mail address already.");
                return Again();
        }
    }

    public override Task ReadFormAsync(CancellationToken cancellationToken)
    {
        Email = Request.Form.Text("email").Trim();
        return Task.CompletedTask;
    }
}
