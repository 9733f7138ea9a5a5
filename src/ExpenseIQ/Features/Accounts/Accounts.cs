using ExpenseIQ.Database.Tables;
using ExpenseIQ.Features.Shared;
using ExpenseIQ.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Identity;

namespace ExpenseIQ.Features.Accounts;

/// <summary>Sign-in: ASP.NET Core Identity over our own store, a cookie, one look at the account a request.</summary>
internal static class Accounts
{
    /// <summary>How long a session lasts without a request, where it is not remembered.</summary>
    public static readonly TimeSpan IdleLimit = TimeSpan.FromMinutes(30);

    /// <summary>How long a remembered one does.</summary>
    public static readonly TimeSpan RememberedFor = TimeSpan.FromDays(30);

    /// <summary>How old a cookie may get before it is renewed: what the idle limit is exact to.</summary>
    private static readonly TimeSpan RenewAfter = TimeSpan.FromMinutes(1);

    public static IServiceCollection AddAccounts(this IServiceCollection services, Settings settings)
    {
        services.AddHttpContextAccessor();
        services.AddIdentityCore<User>(options =>
            {
                options.User.RequireUniqueEmail = true;
                options.User.AllowedUserNameCharacters = RegisterForm.UsernameCharacters;
                options.Password.RequiredLength = RegisterForm.ShortestPassword;
                options.Password.RequireDigit = false;
                options.Password.RequireLowercase = false;
                options.Password.RequireUppercase = false;
                options.Password.RequireNonAlphanumeric = false;
                options.Password.RequiredUniqueChars = 1;
            })
            .AddUserStore<UserStore>()
            .AddSignInManager();
        services.AddScoped<FirstUser>();
        services.AddSingleton<PasswordHasher>();
        services.AddSingleton<IPasswordHasher<User>>(provider => provider.GetRequiredService<PasswordHasher>());
        services.AddScoped(provider =>
            provider.GetRequiredService<IHttpContextAccessor>().HttpContext?.Features.Get<CurrentUser>()
            ?? throw new InvalidOperationException("Nobody is signed in here."));

        services.AddAuthentication(IdentityConstants.ApplicationScheme)
            .AddCookie(IdentityConstants.ApplicationScheme, options =>
            {
                options.Cookie.Name = SecureCookies.Name(settings, "expenseiq");
                options.Cookie.SecurePolicy = CookieSecurePolicy.None; // SecureCookies decides
                options.ExpireTimeSpan = IdleLimit;
                options.SlidingExpiration = true;
                options.LoginPath = "/login";
                options.ReturnUrlParameter = "next";
                options.Events.OnCheckSlidingExpiration = context =>
                {
                    context.ShouldRenew = context.ElapsedTime > RenewAfter;
                    return Task.CompletedTask;
                };
                options.Events.OnValidatePrincipal = CheckAccountAsync;
                options.Events.OnRedirectToLogin = AskToSignInAsync;
                options.Events.OnRedirectToAccessDenied = context =>
                {
                    context.Response.StatusCode = StatusCodes.Status403Forbidden;
                    return Task.CompletedTask;
                };
            });
        services.AddAuthorization();
        return services;
    }

    /// <summary>How long the cookie of a sign-in lasts.</summary>
    public static AuthenticationProperties SessionOf(bool remember, TimeProvider time) => remember
        ? new AuthenticationProperties { IsPersistent = true, ExpiresUtc = time.GetUtcNow() + RememberedFor }
        : new AuthenticationProperties();

    /// <summary>A cookie counts while its account exists and has the security stamp that it was made with.</summary>
    private static async Task CheckAccountAsync(CookieValidatePrincipalContext context)
    {
        // The page of an error asks nothing of the database: that may be what failed.
        var isError = context.HttpContext.Features.Get<IExceptionHandlerFeature>() is not null;
        var user = isError
            ? context.HttpContext.Features.Get<CurrentUser>()
            : await CurrentUsers.FindAsync(context.HttpContext, context.Principal!);
        if (user is null) context.RejectPrincipal();
        else context.HttpContext.Features.Set(user);
    }

    private static async Task AskToSignInAsync(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (context.HttpContext.IsApi())
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }
        var next = await Draft.KeepAsync(context.HttpContext);
        context.Response.Redirect("/login" + QueryString.Create("next", next));
    }
}
