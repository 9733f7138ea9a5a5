using System.Globalization;
using ExpenseIQ.Web;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace ExpenseIQ.Observing;

/// <summary><c>fail: ExpenseIQ.Web.RequestLog[1] GET /expenses answered 500. (request 4bf9…) System.…Exception at …</c></summary>
internal sealed class TextLines(Settings settings) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "lines";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var message = logEntry.Formatter(logEntry.State, logEntry.Exception);
        textWriter.Write(string.Create(CultureInfo.InvariantCulture, $"{LevelOf(logEntry.LogLevel)}: {logEntry.Category}[{logEntry.EventId.Id}] {OneLine(message)}"));
        if (RequestId.Of(scopeProvider) is { } request) textWriter.Write($" (request {request})");
        if (logEntry.Exception is { } exception) textWriter.Write(" " + OneLine(Failure.Describe(exception, settings.IsDevelopment)));
        textWriter.Write(Environment.NewLine);
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");

    private static string LevelOf(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };
}
