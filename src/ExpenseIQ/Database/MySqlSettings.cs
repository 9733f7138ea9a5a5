using System.Globalization;

namespace ExpenseIQ.Database;

/// <summary>Where a MySQL or MariaDB server is, or the servers of a cluster, and as whom to sign in there.</summary>
/// <param name="Host">A host, or several as in <c>a:3306,b,[::1]:3307</c>, of which one at a time takes writes.</param>
/// <param name="Port">1 to 65535, of each host that names none.</param>
public sealed record MySqlSettings(string Host, int Port, string User, string Password, string Database)
{
    /// <summary>A file with the certificates that the server's must come from; null: TLS where the server offers it, unverified.</summary>
    public string? CertificateAuthority { get; init; }

    /// <summary>The servers, in the order in which they are named.</summary>
    /// <exception cref="FormatException">The host is no list of hosts with ports.</exception>
    public IReadOnlyList<MySqlAddress> Servers =>
        [.. Host.Split(',', StringSplitOptions.TrimEntries).Select(text => MySqlAddress.Parse(text, Port))];
}

/// <summary>A server's host name or IP address (IPv6 without brackets), and its port.</summary>
public sealed record MySqlAddress(string Host, int Port)
{
    /// <exception cref="FormatException">There is no host in it, or no port from 1 to 65535.</exception>
    internal static MySqlAddress Parse(string text, int defaultPort)
    {
        var (host, port) = Split(text);
        if (host.Length == 0 || host.Any(char.IsWhiteSpace)) throw new FormatException("no host");
        if (port is null) return new MySqlAddress(host, defaultPort);
        return int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 65535
            ? new MySqlAddress(host, number)
            : throw new FormatException($"port {port}");
    }

    public override string ToString() => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";

    private static (string Host, string? Port) Split(string text)
    {
        if (text.StartsWith('[') && text.IndexOf(']', StringComparison.Ordinal) is > 0 and var end)
        {
            var rest = text[(end + 1)..];
            if (rest.Length > 0 && rest[0] != ':') throw new FormatException("something between host and port");
            return (text[1..end], rest.Length > 0 ? rest[1..] : null);
        }
        // An IPv6 address on its own has several colons.
        return text.Split(':') is [var host, var port] ? (host, port) : (text, null);
    }
}
