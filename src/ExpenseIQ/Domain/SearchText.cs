using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ExpenseIQ.Domain;

/// <summary>
/// Folds text so that a search finds "Café Übersee" by "cafe ubersee", the same way on every database: compatibility
/// decomposition (Unicode Standard Annex 15, NFKD), marks taken off, lower case, recomposed.
/// </summary>
public static class SearchText
{
    /// <summary>The longest folded text that is kept, in characters (a few ligatures fold into many letters).</summary>
    public const int MaxLength = 1024;

    public static string Fold(string text)
    {
        if (text.AsSpan().ContainsAnyExceptInRange(' ', '~') is false) return text.ToLowerInvariant();
        var letters = new StringBuilder(text.Length);
        foreach (var c in WellFormed(text).Normalize(NormalizationForm.FormKD))
        {
            if (char.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark) letters.Append(c);
        }
        var folded = letters.ToString().ToLowerInvariant().Normalize(NormalizationForm.FormC);
        if (folded.Length <= MaxLength) return folded;
        return folded[..(char.IsHighSurrogate(folded[MaxLength - 1]) ? MaxLength - 1 : MaxLength)];
    }

    /// <summary>A folded text's key: the first 16 bytes of its SHA-256 (FIPS 180-4) in UTF-8.</summary>
    public static byte[] KeyOf(string folded) => SHA256.HashData(Encoding.UTF8.GetBytes(folded))[..16];

    /// <summary>The words of a search, folded; each must occur in the text that is found.</summary>
    public static string[] Words(string search) =>
        Fold(search).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Half of a surrogate pair and U+FFFE, which is no character, can't be normalized: they become U+FFFD.</summary>
    private static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\uFFFE', '\uFFFD');
}
