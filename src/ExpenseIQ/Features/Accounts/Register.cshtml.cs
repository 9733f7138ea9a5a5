using ExpenseIQ.Database.Tables;
using ExpenseIQ.Domain;
using ExpenseIQ.Features.Shared;
using ExpenseIQ.Web;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace ExpenseIQ.Features.Accounts;

[EnableRateLimiting(Pressure.Passwords)]
internal sealed class RegisterModel(
    UserManager<User> users, SignInSteps signIn, Sessions sessions, Devices devices, Guesses guesses, Registration registration, TimeProvider time) : FormPage
{
    public RegisterForm Form { get; private set; } = new();

    /// <summary>Whether nobody can make an account: the settings close the site to newcomers.</summary>
    public bool IsClosed { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (User.Identity is { IsAuthenticated: true }) return Redirect("~/dashboard");
        IsClosed = await registration.IsClosedAsync(cancellationToken);
        return IsClosed ? Again(StatusCodes.Status403Forbidden) : Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await ReadFormAsync(cancellationToken);
        if (IsClosed) return Again(StatusCodes.Status403Forbidden);
        Form.Check(Errors);
        if (Errors.Any) return Again();
        if (Visitor.Of(HttpContext).Network is { } network && await guesses.TryAsync([GuessLimit.OfRequests(network)]) is { Ticks: > 0 } wait)
        {
            Errors.Add("", new ProofResult(Proof.TooSoon, wait).TooSoonMessage);
            return TooSoon(wait);
        }

        var user = NewUser();
        var result = await users.CreateAsync(user, Form.Password);
        if (!result.Succeeded)
        {
            // The same form sent twice: the first made the account, the second signs in to it, as anybody has to.
            if (await IsOwnAsync()) return await SignInAsync(result, cancellationToken);
            Explain(result);
            return Again();
        }
        var id = (await users.FindByNameAsync(user.Username))!.Id;
        if (!await sessions.StartAsync(HttpContext, id, SignInMethod.Password, remember: false, happened: SecurityEvent.Registered)) return Redirect("~/login");
        await devices.RememberAsync(HttpContext, id, leaveOutCode: false);
        return Redirect("~/dashboard");
    }

    public override async Task ReadFormAsync(CancellationToken cancellationToken)
    {
        Form = RegisterForm.Read(Request.Form);
        IsClosed = await registration.IsClosedAsync(cancellationToken);
    }

    private async Task<IActionResult> SignInAsync(IdentityResult refusal, CancellationToken cancellationToken)
    {
        var result = await signIn.WithPasswordAsync(HttpContext, Form.Username, Form.Password, remember: false, cancellationToken);
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

    /// <summary>Whether there is an account with just this name and address.</summary>
    private async Task<bool> IsOwnAsync() =>
        await users.FindByNameAsync(Form.Username) is { } user && string.Equals(user.Email, Form.Email, StringComparison.OrdinalIgnoreCase);

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
