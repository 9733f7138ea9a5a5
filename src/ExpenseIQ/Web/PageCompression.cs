using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace ExpenseIQ.Web;

/// <summary>
/// Compresses pages, JSON and CSV where no other site caused the request. An address can put text into a page, beside what is
/// private, and how well both compress together tells somebody who watches the line whether they are alike (BREACH). That takes
/// many requests with texts of the watcher's choice; the browser says of those that another site causes them (Fetch Metadata).
/// </summary>
internal static class PageCompression
{
    /// <summary>What an answer depends on beside the address and who asks.</summary>
    public const string Vary = "Accept-Encoding, Sec-Fetch-Site";

    public static IServiceCollection AddPageCompression(this IServiceCollection services) => services
        .AddSingleton<IResponseCompressionProvider, OwnRequests>()
        // A page is kept as it was compressed: a quarter fewer bytes are worth a little more work once.
        .Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Optimal)
        .AddResponseCompression(options =>
        {
            // Over HTTPS too, which is what the rule of OwnRequests makes safe.
            options.EnableForHttps = true;
            options.MimeTypes = ["text/html", "application/json", "application/problem+json", "text/csv"];
        });

    /// <summary>Stands behind the page cache, which so keeps what was compressed and need not do it again.</summary>
    public static void UsePageCompression(this IApplicationBuilder app)
    {
        app.Use((context, next) =>
        {
            // The framework names Accept-Encoding, and only where it did compress.
            context.Response.OnStarting(static state => NameWhatVaries((HttpContext)state), context);
            return next(context);
        });
        app.UseResponseCompression();
    }

    /// <summary>How the answer will be compressed: br, gzip, or not at all, empty.</summary>
    public static string CompressionOf(HttpContext context)
    {
        var compression = context.RequestServices.GetRequiredService<IResponseCompressionProvider>();
        return compression.CheckRequestAcceptsCompression(context) ? compression.GetCompressionProvider(context)?.EncodingName ?? "" : "";
    }

    private static Task NameWhatVaries(HttpContext context)
    {
        context.Response.Headers.Vary = Vary;
        return Task.CompletedTask;
    }

    private sealed class OwnRequests(IServiceProvider services, IOptions<ResponseCompressionOptions> options)
        : ResponseCompressionProvider(services, options), IResponseCompressionProvider
    {
        bool IResponseCompressionProvider.CheckRequestAcceptsCompression(HttpContext context) =>
            context.Request.Headers["Sec-Fetch-Site"] is ["same-origin"] or ["none"] && CheckRequestAcceptsCompression(context);
    }
}
