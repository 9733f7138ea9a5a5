using ExpenseIQ.Database.Tables;
using ExpenseIQ.Features.Security;
using ExpenseIQ.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace ExpenseIQ.Features.Accounts;

/// <summary>Accounts: ASP.NET Core Identity over our own store; sessions that each request looks up by its cookie.</summary>
internal static class Accounts
{
    public static IServiceCollection AddAccounts(this IServiceCollection services, Settings settings)
    {
        services.AddHttpContextAccessor();
        services.AddIdentityCore<User>(options =>
            {
                options.User.RequireUniqueEmail = true;
                options.User.AllowedUserNameCharacters = RegisterForm.UsernameCharacters;
                options.Password.RequiredLength = NewPassword.Shortest;
                options.Password.RequireDigit = false;
                options.Password.RequireLowercase = false;
                options.Password.RequireUppercase = false;
                options.Password.RequireNonAlphanumeric = false;
                options.Password.RequiredUniqueChars = 1;
            })
            .AddUserStore<UserStore>();
        services.AddScoped<FirstUser>();
        services.AddSingleton<PasswordHasher>();
        services.AddSingleton<IPasswordHasher<User>>(provider => provider.GetRequiredService<PasswordHasher>());
        services.AddSingleton<SecretTokens>();
        services.AddScoped<Sessions>();
        services.AddScoped<Devices>();
        services.AddScoped<Guesses>();
        services.AddScoped<OneTimeTokens>();
        services.AddScoped<SecurityLog>();
        services.AddScoped<RecoveryCodes>();
        services.AddScoped<Codes>();
        services.AddScoped<SignInSteps>();
        services.AddScoped<Registration>();
        services.AddScoped<Passkeys>();
        services.AddScoped<Passwords>();
        services.AddScoped<IPasskeyHandler<User>, PasskeyHandler<User>>();
        services.AddScoped<SecuritySettings>();
        services.AddOptions<IdentityPasskeyOptions>().Configure(options =>
        {
            options.UserVerificationRequirement = "required";
            options.ResidentKeyRequirement = "required";
            // Null: the host of each request.
            options.ServerDomain = settings.BaseUrl?.IdnHost;
            options.ValidateOrigin = context => ValueTask.FromResult(IsThisSite(context, settings));
        });
        services.AddScoped(provider =>
            provider.GetRequiredService<IHttpContextAccessor>().HttpContext?.Features.Get<CurrentUser>()
            ?? throw new InvalidOperationException("Nobody is signed in here."));
        services.AddAuthentication(SessionAuthentication.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, SessionAuthentication>(SessionAuthentication.SchemeName, configureOptions: null);
        services.AddAuthorization();
        return services;
    }

    /// <summary>
    /// Whether a passkey was asked for on a page of this site: of BASE_URL or, where that is not set, of the host that was asked. The scheme
    /// is not compared then: behind a proxy that ends HTTPS a request looks like plain HTTP here, and browsers give no passkeys to plain
    /// HTTP but on the machine itself.
    /// </summary>
    private static bool IsThisSite(PasskeyOriginValidationContext context, Settings settings)
    {
        if (context.CrossOrigin || !Uri.TryCreate(context.Origin, UriKind.Absolute, out var origin)) return false;
        if (settings.BaseUrl is { } site)
            return Uri.Compare(origin, site, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0 || (settings.IsDevelopment && origin.IsLoopback);
        var asked = context.HttpContext.Request.Host;
        return string.Equals(origin.Authority, new UriBuilder(origin.Scheme, asked.Host, asked.Port ?? -1).Uri.Authority, StringComparison.OrdinalIgnoreCase);
    }
}
