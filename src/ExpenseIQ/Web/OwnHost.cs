using Microsoft.AspNetCore.HostFiltering;
using Microsoft.Extensions.Options;

namespace ExpenseIQ.Web;

/// <summary>
/// Where BASE_URL is set, the site answers under that name and those of this machine itself, and to others says 400: nobody has it believe
/// that it is called otherwise. What watches the process may ask by any name.
/// </summary>
internal static class OwnHost
{
    private static readonly string[] ThisMachine = ["localhost", "127.0.0.1", "[::1]"];

    public static void AddOwnHost(this IServiceCollection services, Settings settings)
    {
        if (settings.BaseUrl is not { } site) return;
        services.AddHostFiltering(options =>
        {
            options.AllowedHosts = [site.Host, .. ThisMachine];
            options.AllowEmptyHosts = false;
        });
    }

    public static void UseOwnHost(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<HostFilteringOptions>>().Value.AllowedHosts.Count == 0) return;
        app.UseWhen(context => !context.Request.Path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase), pages => pages.UseHostFiltering());
    }
}
