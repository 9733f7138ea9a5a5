using Microsoft.Extensions.Logging.Console;

namespace ExpenseIQ.Observing;

/// <summary>The log on the console: one line an event, with the request's id where there is a request.</summary>
internal static class ConsoleLog
{
    public static void AddConsoleLog(this ILoggingBuilder logging, Settings settings)
    {
        if (settings.LogFormat == LogFormat.Json) logging.AddConsoleFormatter<JsonLines, ConsoleFormatterOptions>();
        else logging.AddConsoleFormatter<TextLines, ConsoleFormatterOptions>();
        logging.AddConsole(console => console.FormatterName = settings.LogFormat == LogFormat.Json ? JsonLines.FormatterName : TextLines.FormatterName);
    }
}
