using System.Text;
using ExpenseIQ.Database.Tables;
using ExpenseIQ.Features.Shared;
using ExpenseIQ.Web;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace ExpenseIQ.Features.Accounts;

[EnableRateLimiting(Pressure.Passwords)]
public sealed class LoginModel(
    UserManager<User> users, SignInManager<User> signIn, PasswordHasher hasher, Settings settings, TimeProvider time) : FormPage
{
    public string Email { get; private set; } = "";

    public bool Remember { get; private set; }

    /// <summary>Where to go on to: a path of this site, or empty.</summary>
    public string Next { get; private set; } = "";

    /// <summary>
    /// Whether the browser will drop the sign-in cookie, because it takes cookies like ours over HTTPS only. (A proxy that ends
    /// HTTPS says so in X-Forwarded-Proto; of one that TRUSTED_PROXIES does not name it only takes this hint off the page.)
    /// </summary>
    public bool WillLoseCookie => settings.CookieSecure
        && !Request.IsHttps
        && Request.Headers["X-Forwarded-Proto"] != "https"
        && Request.Host.Host is not ("localhost" or "127.0.0.1" or "[::1]");

    public IActionResult OnGet()
    {
        ReadNext(Request.Query.Text("next"));
        return User.Identity is { IsAuthenticated: true } ? GoOn() : Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await ReadFormAsync(cancellationToken);
        var password = Request.Form.Text("password");
        if (Email.Length == 0) Errors.Add("email", "Enter your e-mail address or user name.");
        if (password.Length == 0) Errors.Add("password", "Enter your password.");
        if (Errors.Any) return Again();

        var user = await FindAsync();
        if (user is null) hasher.VerifyNobody(password);
        if (user is null || !(await signIn.CheckPasswordSignInAsync(user, password, lockoutOnFailure: false)).Succeeded)
        {
            Errors.Add("", "This name and password don't belong together.");
            return Again();
        }
        await signIn.SignInAsync(user, Accounts.SessionOf(Remember, time));
        return GoOn();
    }

    public override Task ReadFormAsync(CancellationToken cancellationToken)
    {
        Email = Request.Form.Text("email").Trim();
        Remember = Request.Form.Text("remember") is "true" or "on" or "1" or "y" or "yes";
        ReadNext(Request.Form.ContainsKey("next") ? Request.Form.Text("next") : Request.Query.Text("next"));
        return Task.CompletedTask;
    }

    /// <summary>Names and addresses are ASCII; Identity throws at text that it can't normalize.</summary>
    private async Task<User?> FindAsync()
    {
        if (!Ascii.IsValid(Email)) return null;
        return Email.Contains('@', StringComparison.Ordinal) ? await users.FindByEmailAsync(Email) : await users.FindByNameAsync(Email);
    }

    /// <summary>An address that we made is percent-encoded; anything but ASCII could not be sent in a header.</summary>
    private void ReadNext(string next) => Next = Url.IsLocalUrl(next) && Ascii.IsValid(next) ? next : "";

    private LocalRedirectResult GoOn() => LocalRedirect(Next.Length > 0 ? Next : "~/dashboard");
}
