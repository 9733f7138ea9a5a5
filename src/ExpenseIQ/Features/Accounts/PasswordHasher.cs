using System.Security.Cryptography;
using System.Text;
using BCrypt.Net;
using ExpenseIQ.Database.Tables;
using Microsoft.AspNetCore.Identity;
using Bcrypt = BCrypt.Net.BCrypt;

namespace ExpenseIQ.Features.Accounts;

/// <summary>
/// bcrypt, with every byte counted: it reads no more than 72, so a longer password is first made into 64 characters with a
/// keyed hash. The key is no secret; it keeps plain SHA-384 sums that leaked elsewhere from being tried here.
/// </summary>
public sealed class PasswordHasher(Settings settings) : IPasswordHasher<User>
{
    private const int BcryptBytes = 72;
    private static readonly byte[] LongPasswordKey = "ExpenseIQ password of more than 72 bytes"u8.ToArray();

    /// <summary>A hash of a random password, to spend the same time where no account is.</summary>
    private readonly Lazy<string> nobodysHash =
        new(() => Bcrypt.HashPassword(RandomNumberGenerator.GetHexString(32), settings.BcryptCost));

    public string HashPassword(User user, string password) => HashPassword(password);

    public string HashPassword(string password) => Bcrypt.HashPassword(Prepare(password), settings.BcryptCost);

    public PasswordVerificationResult VerifyHashedPassword(User user, string hashedPassword, string providedPassword)
    {
        try
        {
            if (!Bcrypt.Verify(Prepare(providedPassword), hashedPassword)) return PasswordVerificationResult.Failed;
        }
        catch (SaltParseException)
        {
            return PasswordVerificationResult.Failed;
        }
        return Bcrypt.PasswordNeedsRehash(hashedPassword, settings.BcryptCost)
            ? PasswordVerificationResult.SuccessRehashNeeded
            : PasswordVerificationResult.Success;
    }

    /// <summary>Takes as long as a wrong password, so that time does not tell which accounts exist.</summary>
    public void VerifyNobody(string password) => Bcrypt.Verify(Prepare(password), nobodysHash.Value);

    private static string Prepare(string password)
    {
        var bytes = Encoding.UTF8.GetBytes(password);
        return bytes.Length <= BcryptBytes ? password : Convert.ToBase64String(HMACSHA384.HashData(LongPasswordKey, bytes));
    }
}
