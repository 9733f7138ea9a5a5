using ExpenseIQ.Web;

namespace ExpenseIQ.Features.Accounts;

/// <summary>
/// Where the settings ask for a second factor, whoever signed in with a password alone gets no further than to where codes are turned on and
/// passkeys are made.
/// </summary>
internal static class SecondFactor
{
    private static readonly PathString[] Open = ["/settings/security", "/confirm", "/logout", "/api/passkeys", ErrorPages.Path];

    public static void UseSecondFactor(this IApplicationBuilder app, Settings settings)
    {
        if (!settings.RequiresSecondFactor) return;
        app.Use((context, next) =>
        {
            var path = context.Request.Path;
            if (context.Features.Get<CurrentUser>() is not { HasTwoFactors: false } || Array.Exists(Open, open => path.StartsWithSegments(open, StringComparison.OrdinalIgnoreCase)))
                return next(context);
            if (context.IsApi()) context.Response.StatusCode = StatusCodes.Status403Forbidden;
            else context.Response.Redirect(context.Request.PathBase + "/settings/security");
            return Task.CompletedTask;
        });
    }
}
