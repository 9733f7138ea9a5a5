namespace ExpenseIQ.Observing;

/// <summary>Where telemetry is sent, under the names that OpenTelemetry gives to these settings.</summary>
/// <param name="Endpoint">http or https.</param>
/// <param name="Protocol">grpc or http/protobuf.</param>
/// <param name="Headers">name=value, separated by commas; they may hold a secret.</param>
/// <param name="ServiceName">What the program is called where telemetry arrives.</param>
public sealed record TelemetrySettings(Uri Endpoint, string Protocol, string? Headers, string ServiceName)
{
    private const string EndpointName = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string ProtocolName = "OTEL_EXPORTER_OTLP_PROTOCOL";
    private const string HeadersName = "OTEL_EXPORTER_OTLP_HEADERS";
    private const string ServiceNameName = "OTEL_SERVICE_NAME";

    /// <summary>As the exporter reads them from its configuration.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Exporter =>
    [
        new(EndpointName, Endpoint.AbsoluteUri), new(ProtocolName, Protocol), new(HeadersName, Headers),
    ];

    /// <summary>Null: nothing is sent.</summary>
    /// <exception cref="SettingsException">A setting is wrong.</exception>
    internal static TelemetrySettings? Read(Func<string, string?> text) => text(EndpointName) is { } endpoint
        ? new TelemetrySettings(
            ReadEndpoint(endpoint), ReadProtocol(text(ProtocolName)), ReadHeaders(text(HeadersName)), text(ServiceNameName) ?? "expenseiq")
        : null;

    private static Uri ReadEndpoint(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var endpoint) && endpoint is { Scheme: "http" or "https" } && endpoint.Host.Length > 0
            ? endpoint
            : throw new SettingsException(EndpointName, "something that is no such URL", "http://host:4317 or https://host:4317");

    private static string ReadProtocol(string? text) => text switch
    {
        null => "grpc",
        "grpc" or "http/protobuf" => text,
        _ => throw new SettingsException(ProtocolName, text, "grpc or http/protobuf"),
    };

    private static string? ReadHeaders(string? text) =>
        text is null || text.Split(',').All(header => header.IndexOf('=', StringComparison.Ordinal) > 0)
            ? text
            : throw new SettingsException(HeadersName, "something else", "name=value, separated by commas");
}
