namespace ExpenseIQ.Database;

/// <summary>Where a MySQL or MariaDB server is, and as whom to sign in there.</summary>
/// <param name="Port">1 to 65535.</param>
public sealed record MySqlSettings(string Host, int Port, string User, string Password, string Database);
