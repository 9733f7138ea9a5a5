using ExpenseIQ.Tests.Running;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;

namespace ExpenseIQ.Tests.Security;

/// <summary>A route as the running program has it.</summary>
/// <param name="Template">With a slash before it, as it was written.</param>
/// <param name="Verbs">What it answers to; HEAD wherever GET is.</param>
/// <param name="AnswersAll">Whether it looks at no verb, as health checks do.</param>
internal sealed record Route(string Template, IReadOnlyList<string> Verbs, bool AnswersAll, RoutePattern Pattern)
{
    public bool IsApi => Template.StartsWith("/api/", StringComparison.Ordinal);

    public bool Reads => Verbs.Contains("GET");

    public bool TakesForms => Verbs.Contains("POST");

    /// <summary>All that the program answers but static files, which are public.</summary>
    public static async Task<IReadOnlyList<Route>> AllAsync(RunningApp app)
    {
        var routes = new List<Route>();
        foreach (var endpoint in app.Endpoints.OfType<RouteEndpoint>())
        {
            if (endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is not null) continue;
            var verbs = await VerbsAsync(app, endpoint);
            routes.Add(new Route("/" + endpoint.RoutePattern.RawText!.TrimStart('/'), verbs ?? ["GET", "HEAD"], verbs is null, endpoint.RoutePattern));
        }
        return [.. routes.OrderBy(route => route.Template, StringComparer.Ordinal)];
    }

    /// <summary>The address with the values of its parameters.</summary>
    public string PathWith(IReadOnlyDictionary<string, string> values) => "/" + string.Join('/', Pattern.PathSegments
        .Select(segment => string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternParameterPart parameter => Uri.EscapeDataString(values[parameter.Name]),
            _ => "",
        }))));

    public override string ToString() => Template;

    /// <summary>A page's are the handlers that it has, whatever it inherits; null: all verbs.</summary>
    private static async Task<IReadOnlyList<string>?> VerbsAsync(RunningApp app, RouteEndpoint endpoint)
    {
        if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not { } page)
            return endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods ? methods : null;
        var compiled = await app.Services.GetRequiredService<PageLoader>().LoadAsync(page, EndpointMetadataCollection.Empty);
        var handled = compiled.HandlerMethods.Select(handler => handler.HttpMethod.ToUpperInvariant()).Distinct().ToList();
        // A page without a handler is shown to whoever asks for it.
        if (handled.Count == 0) handled.Add("GET");
        if (handled.Contains("GET")) handled.Add("HEAD");
        return handled;
    }
}
