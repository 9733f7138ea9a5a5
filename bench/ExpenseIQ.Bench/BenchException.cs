namespace ExpenseIQ.Bench;

/// <summary>A measurement that can't be made or can't be trusted; the message says why.</summary>
internal sealed class BenchException(string message) : Exception(message);
