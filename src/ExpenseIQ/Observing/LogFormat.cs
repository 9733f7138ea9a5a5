namespace ExpenseIQ.Observing;

/// <summary>How the lines of the log are written.</summary>
public enum LogFormat
{
    /// <summary>For people.</summary>
    Text,

    /// <summary>One JSON object a line, for programs.</summary>
    Json,
}
