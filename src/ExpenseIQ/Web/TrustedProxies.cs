using Microsoft.AspNetCore.HttpOverrides;

namespace ExpenseIQ.Web;

/// <summary>
/// Behind a proxy that the settings name, a request has the visitor's address and scheme (X-Forwarded-For and -Proto). The
/// host is not taken over: a proxy can pass Host on, and then there is one header fewer to forge.
/// </summary>
internal static class TrustedProxies
{
    public static void UseForwardedHeaders(this IApplicationBuilder app, Settings settings)
    {
        // With nobody in its lists the framework's middleware would believe everybody.
        if (settings.TrustedProxies.Count == 0) return;
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            // From the last address back to the first that is no proxy of ours: what stands before that one wrote itself.
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in settings.TrustedProxies) options.KnownIPNetworks.Add(network);
        app.UseForwardedHeaders(options);
    }
}
