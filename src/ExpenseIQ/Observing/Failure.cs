using System.Text;
using ExpenseIQ.Database;

namespace ExpenseIQ.Observing;

/// <summary>
/// An exception as it may leave the program: types, the database's error codes and stacks. Messages repeat what people typed
/// (a database's "Duplicate entry 'ann@example.org'"), so they stay here; in Development they are written to the console.
/// </summary>
internal static class Failure
{
    public static string Describe(Exception exception, bool withMessages = false)
    {
        if (withMessages) return exception.ToString();
        // While a database is away every request fails for the same reason: where it was when it did says nothing.
        var isAway = exception is DatabaseUnavailableException;
        var text = new StringBuilder();
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (text.Length > 0) text.Append("\ncaused by ");
            text.Append(inner.GetType().FullName);
            if (DatabaseTelemetry.CodeOf(inner) is { } code) text.Append(" (").Append(code).Append(')');
            if (!isAway && inner.StackTrace is { } stack) text.Append('\n').Append(stack);
        }
        return text.ToString();
    }
}
