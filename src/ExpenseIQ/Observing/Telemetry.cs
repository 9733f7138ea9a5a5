using System.Runtime.CompilerServices;
using ExpenseIQ.Database;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace ExpenseIQ.Observing;

/// <summary>Traces, metrics and logs for a collector, where one is set; else none of OpenTelemetry's code is even loaded.</summary>
internal static class Telemetry
{
    public static void AddTelemetry(this WebApplicationBuilder builder, Settings settings)
    {
        if (settings.Telemetry is { } telemetry) Send(builder, telemetry);
    }

    /// <summary>A method of its own, so that what it names is loaded when it runs.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Send(WebApplicationBuilder builder, TelemetrySettings settings)
    {
        // The exporter reads the program's configuration, which has nothing else in it.
        builder.Configuration.AddInMemoryCollection(settings.Exporter);
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(
                settings.ServiceName, serviceVersion: typeof(Telemetry).Assembly.GetName().Version!.ToString(3)))
            .WithTracing(tracing => tracing
                .AddSource("Microsoft.AspNetCore", DatabaseTelemetry.Source)
                .AddProcessor<DiscreetSpans>())
            .WithMetrics(metrics => metrics
                .AddMeter(
                    "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Identity", "System.Runtime",
                    DatabaseTelemetry.Source)
                .AddView(instrument => instrument.Meter.Name == DatabaseTelemetry.Source
                    ? new MetricStreamConfiguration { TagKeys = [.. DatabaseTelemetry.MetricTags] }
                    : null))
            .WithLogging(
                logging => logging.AddProcessor<DiscreetLogs>(),
                options => options.IncludeFormattedMessage = true)
            .UseOtlpExporter();
    }
}
