using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using ExpenseIQ.Web;

namespace ExpenseIQ.Features.Accounts;

/// <summary>
/// Random texts that prove something by being known: a cookie's, a link's. The database has their HMAC alone, keyed with SECRET_KEY:
/// whoever reads the database can't use them, and whoever can write to it can't make one up.
/// </summary>
internal sealed class SecretTokens(SecretKey secret)
{
    /// <summary>How many characters one has.</summary>
    public const int Length = 43;

    private const int Bytes = 32;

    /// <summary>256 random bits as characters that may stand in an address and in a cookie.</summary>
    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>What is stored of a token: 32 bytes.</summary>
    public byte[] HashOf(string token) => HMACSHA256.HashData(secret.TokenKey, Encoding.UTF8.GetBytes(token));
}
