using System.Net;
using System.Net.Sockets;

namespace ExpenseIQ.Features.Accounts;

/// <summary>Where a request comes from, as far as the server sees it.</summary>
/// <param name="Address">The network address, as text; empty where there is none.</param>
/// <param name="UserAgent">What the browser says of itself: ASCII that can be shown, at most 255 characters.</param>
internal sealed record Visitor(string Address, string UserAgent)
{
    private const int LongestUserAgent = 255;

    /// <summary>The first half of an IPv6 address is the network; the rest its owner picks at will.</summary>
    private const int NetworkBytes = 8;

    /// <summary>Whoever uses the program's verbs on the server.</summary>
    public static Visitor CommandLine { get; } = new("", "command line");

    /// <summary>
    /// Which network that is, for counting guesses; null for this machine itself: a proxy here that TRUSTED_PROXIES does not name makes
    /// everybody look like that, and all would wait for the one who guesses.
    /// </summary>
    public string? Network { get; private init; }

    public static Visitor Of(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        if (address is { IsIPv4MappedToIPv6: true }) address = address.MapToIPv4();
        var agent = new string([.. context.Request.Headers.UserAgent.ToString().Take(LongestUserAgent).Select(letter => letter is >= ' ' and <= '~' ? letter : '?')]);
        return new Visitor(address is null ? "" : new IPAddress(address.GetAddressBytes()).ToString(), agent) { Network = NetworkOf(address) };
    }

    private static string? NetworkOf(IPAddress? address) => address switch
    {
        null => null,
        _ when IPAddress.IsLoopback(address) => null,
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, NetworkBytes)),
        _ => address.ToString(),
    };
}
