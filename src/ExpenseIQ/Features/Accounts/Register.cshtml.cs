using ExpenseIQ.Database.Tables;
using ExpenseIQ.Domain;
using ExpenseIQ.Features.Shared;
using ExpenseIQ.Web;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace ExpenseIQ.Features.Accounts;

[EnableRateLimiting(Pressure.Passwords)]
internal sealed class RegisterModel(UserManager<User> users, Sessions sessions, Devices devices, Guesses guesses, TimeProvider time) : FormPage
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
        if (!result.Succeeded)
        {
            // The same form sent twice: the first made the account, the second goes on as the first did.
            if (await FindOwnAsync() is not { } existing)
            {
                Explain(result);
                return Again();
            }
            user = existing;
        }
        var id = (await users.FindByNameAsync(user.Username))!.Id;
        if (!await sessions.StartAsync(HttpContext, id, SignInMethod.Password, remember: false, happened: SecurityEvent.Registered)) return Redirect("~/login");
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

    /// <summary>The account that has just this name, address and password.</summary>
    private async Task<User?> FindOwnAsync() =>
        await users.FindByNameAsync(Form.Username) is { } user
        && string.Equals(user.Email, Form.Email, StringComparison.OrdinalIgnoreCase)
        && await users.CheckPasswordAsync(user, Form.Password)
            ? user
            : null;

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
