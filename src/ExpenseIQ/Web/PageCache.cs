using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace ExpenseIQ.Web;

/// <summary>
/// Spares answers that did not change. What a person's pages show depends on the person's data, whose version every request reads
/// anew and every write counts on in its own transaction; on the person's day; and on the address. So an answer is kept, here and
/// in the browser, for just that version: a change is seen at once, whichever instance made it. The version is read before the
/// data, so what is kept under it is never older.
/// </summary>
internal static class PageCache
{
    private const long Megabyte = 1024 * 1024;
    private const long LargestAnswer = 256 * 1024;

    /// <summary>A database that was put back to an older state counts the same versions again: nothing is kept for long.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    public static IServiceCollection AddPageCache(this IServiceCollection services, Settings settings) =>
        services.AddOutputCache(options =>
        {
            options.SizeLimit = settings.CacheMegabytes * Megabyte;
            options.MaximumBodySize = LargestAnswer;
            options.DefaultExpirationTimeSpan = Longest;
        });

    /// <summary>Answers 304 where the browser has just this state of the page, and from memory where this instance has it.</summary>
    public static void UsePageCache(this IApplicationBuilder app, Settings settings)
    {
        app.Use((context, next) => IsUnchanged(context) ? Task.CompletedTask : next(context));
        if (settings.CacheMegabytes > 0) app.UseOutputCache();
    }

    private static bool IsUnchanged(HttpContext context)
    {
        var isRead = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        if (!isRead || context.GetEndpoint()?.Metadata.GetMetadata<KeptByVersionAttribute>() is null) return false;
        if (context.Features.Get<CurrentUser>() is not { } user) return false;

        var version = new DataVersion(TagOf(context, user));
        context.Features.Set(version);
        context.Response.OnStarting(static state => SetHeadersAsync((HttpContext)state), context);
        if (!context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(version.Tag, useStrongComparison: false) || known.Equals(EntityTagHeaderValue.Any)))
            return false;
        context.Response.StatusCode = StatusCodes.Status304NotModified;
        return true;
    }

    /// <summary>
    /// The forms of a page work only together with the browser's form cookie, so the tag names that too. Other bytes, another tag:
    /// it ends in how they are compressed.
    /// </summary>
    private static EntityTagHeaderValue TagOf(HttpContext context, CurrentUser user)
    {
        var cookie = context.RequestServices.GetRequiredService<IOptions<AntiforgeryOptions>>().Value.Cookie.Name!;
        var about = $"{context.Request.PathBase}{context.Request.Path}{context.Request.QueryString}\n{context.Request.Cookies[cookie]}\n{context.IsPart()}";
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(about)).AsSpan(0, 12));
        return new EntityTagHeaderValue(string.Create(
            CultureInfo.InvariantCulture, $"\"{user.Id}.{user.LedgerVersion}.{user.Today:yyyyMMdd}.{hash}.{Build.Of(context)}.{PageCompression.CompressionOf(context)}\""));
    }

    /// <summary>Where a page has forms, the framework forbids to keep it; asked for again each time, it is never out of date.</summary>
    private static Task SetHeadersAsync(HttpContext context)
    {
        if (context.Response.StatusCode is StatusCodes.Status200OK or StatusCodes.Status304NotModified)
        {
            var headers = context.Response.GetTypedHeaders();
            headers.ETag = context.Features.Get<DataVersion>()!.Tag;
            headers.CacheControl = new CacheControlHeaderValue { Private = true, NoCache = true };
            context.Response.Headers.Vary = $"{PageCompression.Vary}, {HeaderNames.Cookie}, {HeaderNames.XRequestedWith}";
            context.Response.Headers.Remove(HeaderNames.Pragma);
        }
        return Task.CompletedTask;
    }
}

/// <summary>The state of a person's data that an answer shows.</summary>
internal sealed record DataVersion(EntityTagHeaderValue Tag);

/// <summary>Says of a page or endpoint that its answer depends on nothing but the user's data, the user's day, and the address.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class KeptByVersionAttribute : Attribute, IOutputCachePolicy
{
    public ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        if (context.HttpContext.Features.Get<DataVersion>() is not { } version || !HttpMethods.IsGet(context.HttpContext.Request.Method)) return default;
        context.EnableOutputCaching = context.AllowCacheLookup = context.AllowCacheStorage = true;
        context.CacheVaryByRules.CacheKeyPrefix = version.Tag.Tag.Value;
        return default;
    }

    public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) => default;

    public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var response = context.HttpContext.Response;
        context.AllowCacheStorage = response.StatusCode == StatusCodes.Status200OK && response.Headers.SetCookie.Count == 0;
        return default;
    }
}
