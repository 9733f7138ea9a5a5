using System.Security.Cryptography;
using System.Text;
using ExpenseIQ.Database;
using ExpenseIQ.Domain;

namespace ExpenseIQ.Features.Accounts;

/// <summary>
/// Ten codes for whoever lost the authenticator app, each good for once: 24 letters and digits, 120 bits, so that their SHA-256 is all
/// that needs to be kept (OWASP ASVS 5.0, 6.5.2).
/// </summary>
internal sealed class RecoveryCodes(ExpenseDatabase database, TimeProvider time)
{
    private const int Count = 10;
    private const int Groups = 4;
    private const int GroupLength = 6;

    /// <summary>No letter looks like a digit (Crockford's base 32).</summary>
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>Codes that nobody has yet.</summary>
    public static IReadOnlyList<string> Create() =>
        [.. Enumerable.Range(0, Count).Select(_ => string.Join('-', Enumerable.Range(0, Groups).Select(_ => RandomNumberGenerator.GetString(Alphabet, GroupLength))))];

    /// <summary>Puts codes in the place of those that there were, within a transaction.</summary>
    public async Task ReplaceAsync(long userId, IReadOnlyList<string> codes)
    {
        await database.ExecuteAsync($"delete from recovery_codes where user_id = {userId}", CancellationToken.None);
        foreach (var code in codes)
            await database.ExecuteAsync($"insert into recovery_codes (user_id, code_hash) values ({userId}, {HashOf(code)})", CancellationToken.None);
    }

    /// <summary>Whether a code is one of the account's that was not used yet; it is used up then.</summary>
    public async Task<bool> UseAsync(long userId, string code) =>
        await database.WriteOnceAsync(
            _ => database.ExecuteAsync(
                $"update recovery_codes set used_at = {time.UtcNow()} where user_id = {userId} and code_hash = {HashOf(code)} and used_at is null", CancellationToken.None),
            CancellationToken.None) == 1;

    /// <summary>Whether what was typed may be one of them, and no code of the app.</summary>
    public static bool LooksLikeOne(string code) => Plain(code).Length == Groups * GroupLength;

    private static byte[] HashOf(string code) => SHA256.HashData(Encoding.UTF8.GetBytes(Plain(code)));

    /// <summary>As it was made, however it was typed.</summary>
    private static string Plain(string code) =>
        new([.. code.Where(char.IsAsciiLetterOrDigit).Select(char.ToLowerInvariant).Select(letter => letter switch { 'o' => '0', 'i' or 'l' => '1', _ => letter })]);
}
