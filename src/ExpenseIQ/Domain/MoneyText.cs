using System.Globalization;
using System.Numerics;

namespace ExpenseIQ.Domain;

/// <summary>What kept a text from being read as an amount.</summary>
public enum MoneyProblem
{
    None,
    Empty,
    NotAnAmount,
    TooPrecise,
    TooLarge,
}

/// <summary>
/// Reads amounts as people type them: "12", "1,234.50", "1.234,50", "1 234,50", "€ 12.50". Never rounds. Where one separator
/// could be either, the culture decides: "1.234" is 1234 in German and has too many decimals in English; "12,50" is 12.50 in both.
/// </summary>
public static class MoneyText
{
    internal const string MinusSigns = "-\u2212";

    private const string GroupSeparators = ".,'\u2019";

    /// <summary>The culture's decimal separator: a comma, or a point for every other culture.</summary>
    public static char DecimalSeparator(CultureInfo culture) =>
        culture.NumberFormat.NumberDecimalSeparator == "," ? ',' : '.';

    /// <summary>Reads an amount of any sign, in absolute value at most <see cref="Money.Largest"/>.</summary>
    public static MoneyProblem Read(string? text, CultureInfo culture, out Money amount)
    {
        amount = default;
        var rest = Strip(text, out var negative);
        if (rest.IsEmpty) return string.IsNullOrWhiteSpace(text) ? MoneyProblem.Empty : MoneyProblem.NotAnAmount;

        Split(rest, culture, out var whole, out var fraction);
        if (!IsNumber(whole, fraction, out var units, out var tooLarge)) return MoneyProblem.NotAnAmount;
        if (fraction.Length > 2) return MoneyProblem.TooPrecise;

        var hundredths = fraction.Length switch
        {
            0 => 0,
            1 => (fraction[0] - '0') * 10,
            _ => (fraction[0] - '0') * 10 + (fraction[1] - '0'),
        };
        var minor = units * 100 + hundredths;
        if (tooLarge || minor > Money.Largest.Minor) return MoneyProblem.TooLarge;
        amount = new Money(negative ? -minor : minor);
        return MoneyProblem.None;
    }

    /// <summary>
    /// Reads an amount as <see cref="Read"/> does or, where the text is none, computes it: "12+3.50", "3*4.20", "(12+8)/4", "2x3,50".
    /// The text has + - * / x × ÷, parentheses and white space between numbers, up to <see cref="Arithmetic.MaxLength"/> characters.
    /// Exact: numbers in it may have more than two decimals, the result may not. Without an operator between two numbers nothing is
    /// computed: "(5)", which to some is minus five, stays no amount.
    /// </summary>
    /// <param name="amount">Of any sign, in absolute value at most <see cref="Money.Largest"/>.</param>
    /// <returns>
    /// TooPrecise where the result is no whole number of hundredths (10/3), NotAnAmount where it divides by zero or can't be read.
    /// </returns>
    public static MoneyProblem Calculate(string? text, CultureInfo culture, out Money amount)
    {
        var problem = Read(text, culture, out amount);
        return problem == MoneyProblem.NotAnAmount ? Arithmetic.Compute(text.AsSpan().Trim(), culture, out amount) : problem;
    }

    /// <summary>Reads a number within a sum: digits without a sign, with or without a currency symbol, with any number of decimals.</summary>
    /// <param name="digits">The number times ten to the power of <paramref name="decimals"/>.</param>
    internal static bool TryReadNumber(ReadOnlySpan<char> text, CultureInfo culture, out BigInteger digits, out int decimals)
    {
        Split(StripCurrency(text), culture, out var whole, out var fraction);
        (digits, decimals) = (BigInteger.Zero, fraction.Length);
        if (!IsNumber(whole, fraction, out _, out _)) return false;
        foreach (var c in whole)
        {
            if (char.IsAsciiDigit(c)) digits = digits * 10 + (c - '0');
        }
        foreach (var c in fraction) digits = digits * 10 + (c - '0');
        return true;
    }

    /// <summary>Takes off white space, one sign and one currency symbol.</summary>
    private static ReadOnlySpan<char> Strip(string? text, out bool negative)
    {
        var rest = text.AsSpan().Trim();
        rest = StripSign(rest, out negative);
        rest = StripCurrency(rest);
        if (!negative) rest = StripSign(rest, out negative);
        return rest;
    }

    private static ReadOnlySpan<char> StripSign(ReadOnlySpan<char> text, out bool negative)
    {
        negative = !text.IsEmpty && MinusSigns.Contains(text[0], StringComparison.Ordinal);
        return negative ? text[1..].TrimStart() : text;
    }

    private static ReadOnlySpan<char> StripCurrency(ReadOnlySpan<char> text) => text switch
    {
        [var first, .. var rest] when IsCurrency(first) => rest.TrimStart(),
        [.. var rest, var last] when IsCurrency(last) => rest.TrimEnd(),
        _ => text,
    };

    private static bool IsCurrency(char c) => char.GetUnicodeCategory(c) == UnicodeCategory.CurrencySymbol;

    /// <summary>What is before the decimal separator and what is behind it.</summary>
    private static void Split(ReadOnlySpan<char> text, CultureInfo culture, out ReadOnlySpan<char> whole, out ReadOnlySpan<char> fraction)
    {
        var decimals = DecimalsStart(text, DecimalSeparator(culture));
        whole = decimals < 0 ? text : text[..decimals];
        fraction = decimals < 0 ? [] : text[(decimals + 1)..];
    }

    private static bool IsNumber(ReadOnlySpan<char> whole, ReadOnlySpan<char> fraction, out long units, out bool tooLarge) =>
        TryReadWhole(whole, out units, out tooLarge) && AreDigits(fraction) && !(whole.IsEmpty && fraction.IsEmpty);

    /// <summary>The index of the decimal separator, or -1.</summary>
    private static int DecimalsStart(ReadOnlySpan<char> text, char preferred)
    {
        var point = text.LastIndexOf('.');
        var comma = text.LastIndexOf(',');
        if (point < 0 && comma < 0) return -1;
        if (point >= 0 && comma >= 0) return Math.Max(point, comma);

        var last = Math.Max(point, comma);
        if (text.IndexOf(text[last]) != last) return -1; // more than one: they separate groups
        var looksLikeGroup = text.Length - last - 1 == 3 && text[last] != preferred;
        return looksLikeGroup ? -1 : last;
    }

    /// <summary>Digits, or groups of two or three digits with one kind of separator, the last group of three.</summary>
    private static bool TryReadWhole(ReadOnlySpan<char> text, out long units, out bool tooLarge)
    {
        units = 0;
        tooLarge = false;
        var separator = '\0';
        var group = 0;
        var groups = 0;
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c))
            {
                group++;
                if (units <= Money.Largest.Minor) units = units * 10 + (c - '0');
                continue;
            }
            var isSeparator = char.GetUnicodeCategory(c) == UnicodeCategory.SpaceSeparator
                || GroupSeparators.Contains(c, StringComparison.Ordinal);
            if (!isSeparator || (groups > 0 && c != separator)) return false;
            if (groups == 0 ? group is 0 or > 3 || text[0] == '0' : group is not (2 or 3)) return false;
            separator = c;
            groups++;
            group = 0;
        }
        tooLarge = units > Money.Largest.Minor / 100;
        return groups == 0 || group == 3;
    }

    private static bool AreDigits(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');
}
