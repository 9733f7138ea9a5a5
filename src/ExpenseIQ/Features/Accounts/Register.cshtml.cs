using ExpenseIQ.Database.Tables;
using ExpenseIQ.Domain;
using ExpenseIQ.Features.Shared;
using ExpenseIQ.Web;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace ExpenseIQ.Features.Accounts;

[EnableRateLimiting(Pressure.Passwords)]
internal sealed class RegisterModel(UserManager<User> users, Sessions sessions, Devices devices, SignInSteps signIn, Guesses guesses, TimeProvider time) : FormPage
{
    public RegisterForm Form { get; private set; } = new();

    public IActionResult OnGet() => User.Identity is { IsAuthenticated: true } ? Redirect("~/dashboard") : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await ReadFormAsync(cancellationToken);
        Form.Check(Errors);
        if (Errors.Any) return Again();
        if (Visitor.Of(HttpContext).Network is { } network && await guesses.TryAsync([GuessLimit.OfRequests(network)]) is { Ticks: > 0 } wait)
        {
            Errors.Add("", new ProofResult(Proof.TooSoon, wait).TooSoonMessage);
            return TooSoon(wait);
        }

        var user = NewUser();
        var result = await users.CreateAsync(user, Form.Password);
        if (!result.Succeeded) return await SignInToOwnAsync(result, cancellationToken);
        var id = (await users.FindByNameAsync(user.Username))!.Id;
        if (!await sessions.StartAsync(HttpContext, id, SignInMethod.Password, remember: false, SecurityEvent.Registered)) return Redirect("~/login");
        await devices.RememberAsync(HttpContext, id, leaveOutCode: false);
        return Redirect("~/dashboard");
    }

    public override Task ReadFormAsync(CancellationToken cancellationToken)
    {
        Form = RegisterForm.Read(Request.Form);
        return Task.CompletedTask;
    }

    private User NewUser()
    {
        var culture = Locales.FromBrowser(Request);
        return new User
        {
            Username = Form.Username,
            Email = Form.Email,
            Password = "",
            SecurityStamp = "",
            TimeZone = Locales.TimeZone(Form.TimeZone).Id,
            Locale = culture.Name,
            Currency = Locales.CurrencyOf(culture),
            CreatedAt = time.UtcNow(),
        };
    }

    /// <summary>
    /// The same form sent twice: the first made the account, the second signs in to it, as on the page for that: each try counts, and a
    /// code is asked where the account has them.
    /// </summary>
    private async Task<IActionResult> SignInToOwnAsync(IdentityResult refusal, CancellationToken cancellationToken)
    {
        var existing = await users.FindByNameAsync(Form.Username);
        var isOwn = existing is not null && string.Equals(existing.Email, Form.Email, StringComparison.OrdinalIgnoreCase);
        var result = isOwn ? await signIn.WithPasswordAsync(HttpContext, Form.Username, Form.Password, remember: false, cancellationToken) : new ProofResult(Proof.Wrong);
        switch (result.Proof)
        {
            case Proof.Right:
                return Redirect("~/dashboard");
            case Proof.NeedsCode:
                return Redirect("~/login/code");
            case Proof.TooSoon:
                Errors.Add("", result.TooSoonMessage);
                return TooSoon(result.Wait);
            default:
                Explain(refusal);
                return Again();
        }
    }

    private void Explain(IdentityResult result)
    {
        foreach (var error in result.Errors)
        {
            switch (error.Code)
            {
                case nameof(IdentityErrorDescriber.DuplicateUserName):
                    Errors.Add("username", "This user name is taken.");
                    break;
                case nameof(IdentityErrorDescriber.DuplicateEmail):
                    Errors.Add("email", "There is an account with this e-mail address already.");
                    break;
                default:
                    Errors.Add("", error.Description);
                    break;
            }
        }
    }
}
