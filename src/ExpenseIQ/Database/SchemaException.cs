namespace ExpenseIQ.Database;

/// <summary>The database can't be used as it is; the message is one line for the person who starts the program.</summary>
public sealed class SchemaException(string message) : Exception(message);
