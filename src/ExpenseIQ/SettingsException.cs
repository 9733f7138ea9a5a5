namespace ExpenseIQ;

/// <summary>A setting can't be used; the message is the one line that the person who starts the program needs.</summary>
public sealed class SettingsException(string name, string found, string expected)
    : Exception($"The setting {name} is wrong: found {found}, expected {expected}.");
