using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ExpenseIQ.Features.Accounts;

/// <summary>
/// The passwords that are used most, of those that are long enough to be taken otherwise. The build makes the list (common-passwords.js):
/// the first eight bytes of each one's SHA-256, sorted. It is read when the first password is looked for.
/// </summary>
internal static class CommonPasswords
{
    private const int Size = sizeof(ulong);

    private static readonly Lazy<byte[]> Sums = new(Read);

    /// <summary>How many there are.</summary>
    public static int Count => Sums.Value.Length / Size;

    /// <summary>Whether a password is one of them, in whatever case.</summary>
    public static bool Contain(string password)
    {
        var wanted = SumOf(password);
        var (first, end) = (0, Count);
        while (first < end)
        {
            var middle = (first + end) / 2;
            var found = BinaryPrimitives.ReadUInt64BigEndian(Sums.Value.AsSpan(middle * Size));
            if (found == wanted) return true;
            if (found < wanted) first = middle + 1;
            else end = middle;
        }
        return false;
    }

    private static ulong SumOf(string password) =>
        BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(password.ToLowerInvariant())));

    private static byte[] Read()
    {
        using var list = typeof(CommonPasswords).Assembly.GetManifestResourceStream("common-passwords.bin")
            ?? throw new InvalidOperationException("The program was built without the list of the passwords that are used most.");
        var sums = new byte[list.Length];
        list.ReadExactly(sums);
        return sums;
    }
}
