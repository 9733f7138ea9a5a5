using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace ExpenseIQ.Features.Shared;

/// <summary>Addresses of static files with their fingerprints. Every page has a dozen, so it is a look-up and no tag helper.</summary>
public static class Asset
{
    /// <param name="path">Below wwwroot, such as css/base.css.</param>
    public static string Of(ViewContext context, string path) =>
        context.HttpContext.Request.PathBase + "/" + (context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<ResourceAssetCollection>()?[path] ?? path);
}
