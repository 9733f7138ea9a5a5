using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace ExpenseIQ.Tests.Running;

/// <summary>Takes telemetry as a collector does (OTLP over HTTP) and keeps the bytes.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<(string Path, byte[] Body)> received = new();

    private Collector()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Run(KeepAsync);
    }

    public string Address => app.Urls.First();

    /// <summary>A header of the last request.</summary>
    public string? Header { get; private set; }

    public static async Task<Collector> StartAsync()
    {
        var collector = new Collector();
        await collector.app.StartAsync(CancellationToken.None);
        return collector;
    }

    /// <summary>All that came of one signal: traces, metrics or logs. Each byte is a character, so that any text in it is found.</summary>
    public string Received(string signal) =>
        string.Concat(received.Where(message => message.Path == $"/v1/{signal}").Select(message => Encoding.Latin1.GetString(message.Body)));

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task KeepAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        Header = context.Request.Headers["X-Collector-Key"];
        received.Enqueue((context.Request.Path, body.ToArray()));
        context.Response.ContentType = "application/x-protobuf";
    }
}
