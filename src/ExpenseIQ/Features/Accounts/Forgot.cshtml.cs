using ExpenseIQ.Features.Shared;
using ExpenseIQ.Web;
using Microsoft.AspNetCore.Mvc;

namespace ExpenseIQ.Features.Accounts;

/// <summary>
/// GET and POST /forgot: asks for a link to a new password. Whether there is such an account shows neither in the answer nor in what is done
/// for it: one row is written in any case, and what comes of it is the outbox's business.
/// </summary>
internal sealed class ForgotModel(SignInSteps signIn, Guesses guesses, SecurityLog log, Settings settings) : FormPage
{
    public string Email { get; private set; } = "";

    public bool SendsMail => settings.Mail is not null;

    /// <summary>Whether a link was asked for just now.</summary>
    public bool IsAsked { get; private set; }

    public void OnGet() => IsAsked = Request.Query.Text("asked").Length > 0;

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await ReadFormAsync(cancellationToken);
        if (!SendsMail) return Redirect("~/forgot");
        if (Email.Length == 0)
        {
            Errors.Add("email", "Enter your e-mail address or user name.");
            return Again();
        }
        var visitor = Visitor.Of(HttpContext);
        var limit = visitor.Network is { } network ? GuessLimit.OfRequests(network) : GuessLimit.RequestsHere;
        if (await guesses.TryAsync([limit]) is { Ticks: > 0 } wait)
        {
            Errors.Add("", new ProofResult(Proof.TooSoon, wait).TooSoonMessage);
            return TooSoon(wait);
        }
        await log.RecordAsync((await signIn.FindAsync(Email))?.Id, SecurityEvent.PasswordLinkSent, visitor);
        return Redirect("~/forgot?asked=1");
    }

    public override Task ReadFormAsync(CancellationToken cancellationToken)
    {
        Email = Request.Form.Text("email").Trim();
        return Task.CompletedTask;
    }
}
