using OpenTelemetry;
using OpenTelemetry.Logs;

namespace ExpenseIQ.Observing;

/// <summary>An exception is sent as <see cref="Failure"/> describes it, never with its message.</summary>
internal sealed class DiscreetLogs : BaseProcessor<LogRecord>
{
    public override void OnEnd(LogRecord data)
    {
        if (data.Exception is not { } exception) return;
        data.Attributes =
        [
            .. data.Attributes ?? [],
            new("exception.type", exception.GetType().FullName),
            new("exception.stacktrace", Failure.Describe(exception)),
        ];
        data.Exception = null;
    }
}
