using ExpenseIQ.Features.Shared;
using ExpenseIQ.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace ExpenseIQ.Features.Accounts;

[EnableRateLimiting(Pressure.Passwords)]
internal sealed class LoginModel(SignInSteps signIn, Registration registration, Settings settings) : FormPage
{
    public string Email { get; private set; } = "";

    public bool Remember { get; private set; }

    /// <summary>Where to go on to: a path of this site, or empty.</summary>
    public string Next { get; private set; } = "";

    /// <summary>Whether a new password was chosen just now.</summary>
    public bool IsChanged => Request.Query.Text("done") == "password";

    /// <summary>
    /// Whether the browser will drop the sign-in cookie, because it takes cookies like ours over HTTPS only. (A proxy that ends
    /// HTTPS says so in X-Forwarded-Proto; of one that TRUSTED_PROXIES does not name it only takes this hint off the page.)
    /// </summary>
    public bool WillLoseCookie => settings.CookieSecure
        && !Request.IsHttps
        && Request.Headers["X-Forwarded-Proto"] != "https"
        && Request.Host.Host is not ("localhost" or "127.0.0.1" or "[::1]");

    /// <summary>Whether nobody can make an account.</summary>
    public bool IsClosed { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        ReadNext(Request.Query.Text("next"));
        if (User.Identity is { IsAuthenticated: true }) return GoOn();
        IsClosed = await registration.IsClosedAsync(cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await ReadFormAsync(cancellationToken);
        var password = Request.Form.Text("password");
        if (Email.Length == 0) Errors.Add("email", "Enter your e-mail address or user name.");
        if (password.Length == 0) Errors.Add("password", "Enter your password.");
        if (Errors.Any) return Again();

        var result = await signIn.WithPasswordAsync(HttpContext, Email, password, Remember, cancellationToken);
        switch (result.Proof)
        {
            case Proof.Right:
                return GoOn();
            case Proof.NeedsCode:
                return Redirect("~/login/code" + (Next.Length > 0 ? QueryString.Create("next", Next) : ""));
            case Proof.TooSoon:
                Errors.Add("", result.TooSoonMessage);
                return TooSoon(result.Wait);
            case Proof.Shut:
                Errors.Add("", SignInSteps.ShutMessage);
                return Again();
            default:
                Errors.Add("", "This name and password don't belong together.");
                return Again();
        }
    }

    public override async Task ReadFormAsync(CancellationToken cancellationToken)
    {
        IsClosed = await registration.IsClosedAsync(cancellationToken);
        Email = Request.Form.Text("email").Trim();
        Remember = Request.Form.Text("remember") is "true" or "on" or "1" or "y" or "yes";
        ReadNext(Request.Form.ContainsKey("next") ? Request.Form.Text("next") : Request.Query.Text("next"));
    }

    private void ReadNext(string next) => Next = ReturnAddress.Of(Url, next);

    private LocalRedirectResult GoOn() => LocalRedirect(Next.Length > 0 ? Next : "~/dashboard");
}
