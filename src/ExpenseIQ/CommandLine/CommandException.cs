namespace ExpenseIQ.CommandLine;

/// <summary>A verb can't do what it was asked to; the message says why in one line.</summary>
internal sealed class CommandException(string message) : Exception(message);
