using System.Data.Common;
using System.Net.Sockets;
using ExpenseIQ.Database;

namespace ExpenseIQ.CommandLine;

/// <summary>What kept the program from starting, in the one line that the person who starts it needs.</summary>
internal static class StartFailure
{
    /// <summary>The line, or null for an error that wants its stack trace.</summary>
    public static string? Explain(Exception exception) => exception switch
    {
        SettingsException or SchemaException or CommandException => exception.Message,
        DbException => $"The database can't be used: {OneLine(exception.Message)}",
        IOException { InnerException: not null } when Innermost(exception) is SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse } =>
            "The address is in use: another program listens on it. Stop that one, or set PORT to another port.",
        SocketException socket => $"The address can't be listened on (HOST, PORT): {OneLine(socket.Message)}",
        UnauthorizedAccessException or IOException => OneLine(exception.Message),
        _ => null,
    };

    private static Exception Innermost(Exception exception) => exception.InnerException is { } inner ? Innermost(inner) : exception;

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
