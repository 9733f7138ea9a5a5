using ExpenseIQ.Features.Administration;
using ExpenseIQ.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace ExpenseIQ.Features.Shared;

/// <summary>Razor Pages, one folder a feature.</summary>
internal static class Pages
{
    public static IServiceCollection AddPages(this IServiceCollection services, Settings settings)
    {
        services.AddAntiforgery(options =>
        {
            options.FormFieldName = "csrf_token";
            options.Cookie.Name = SecureCookies.Name(settings, "expenseiq-form");
            options.Cookie.SecurePolicy = CookieSecurePolicy.None; // SecureCookies decides
            options.SuppressXFrameOptionsHeader = true; // SecurityHeaders sends it
        });
        services.AddSingleton<Icons>();
        services.AddProblemDetails();
        // The parts of MVC that these pages use, no more: it looks for controllers among all types, and so loads what those derive from.
        services.AddMvcCore().ConfigureApplicationPartManager(parts => parts.FeatureProviders.Clear()).AddAuthorization().AddRazorPages(options =>
        {
            options.RootDirectory = "/Features";
            options.Conventions.AddPageRoute("/Expenses/Edit", "/expenses/add");
            options.Conventions.AuthorizeFolder("/");
            options.Conventions.AuthorizeFolder("/Administration", Administrators.Policy);
            options.Conventions.AllowAnonymousToFolder("/Home");
            options.Conventions.AllowAnonymousToFolder("/Accounts");
            options.Conventions.AllowAnonymousToFolder("/Errors");
            options.Conventions.ConfigureFilter(new IgnoreAntiforgeryTokenAttribute()); // FormGuard checks
        }).AddMvcOptions(options =>
        {
            options.Filters.Add<FormGuard>();
            // Ids in addresses are bound; forms and queries are read by the pages themselves, after FormGuard.
            options.ValueProviderFactories.Clear();
            options.ValueProviderFactories.Add(new RouteValueProviderFactory());
        });
        return services;
    }
}
