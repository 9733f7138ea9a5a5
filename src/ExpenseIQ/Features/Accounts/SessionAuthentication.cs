using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using ExpenseIQ.Features.Shared;
using ExpenseIQ.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.Options;

namespace ExpenseIQ.Features.Accounts;

/// <summary>Says who a request comes from, by its session (<see cref="Sessions"/>); sends whoever is nobody to sign in.</summary>
internal sealed class SessionAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, Sessions sessions)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "session";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // The page of an error asks nothing of the database: that may be what failed.
        var isError = Context.Features.Get<IExceptionHandlerFeature>() is not null;
        var user = isError ? Context.Features.Get<CurrentUser>() : await sessions.FindAsync(Context);
        if (user is null) return AuthenticateResult.NoResult();
        Context.Features.Set(user);
        Claim[] claims = [new(ClaimTypes.NameIdentifier, user.Id.ToString(CultureInfo.InvariantCulture)), new(ClaimTypes.Name, user.Username)];
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(claims, SchemeName)), SchemeName));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (Context.IsApi())
        {
            Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }
        var next = await Draft.KeepAsync(Context);
        Response.Redirect(Request.PathBase + "/login" + QueryString.Create("next", next));
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }
}
