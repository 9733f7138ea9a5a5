using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ExpenseIQ.Features.Accounts;

/// <summary>
/// What a device knows an account by, beside the name of the host: the user's id and, below a path of the host, a digest of that. Another
/// site of the host has ids of its own, and a new passkey takes the place of one with the same host and handle.
/// </summary>
internal static class UserHandle
{
    private const char Separator = '.';

    public static string Of(long userId, Settings settings)
    {
        var id = userId.ToString(CultureInfo.InvariantCulture);
        // A handle has 64 bytes at most; a path may have more.
        return settings.BasePath.Length == 0 ? id : id + Separator + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(settings.BasePath)).AsSpan(0, 8));
    }

    /// <summary>The user's id in a handle, or alone; null where it is neither.</summary>
    public static long? IdIn(string handle) =>
        long.TryParse(handle.AsSpan(0, handle.IndexOf(Separator, StringComparison.Ordinal) is > 0 and var end ? end : handle.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : null;
}
