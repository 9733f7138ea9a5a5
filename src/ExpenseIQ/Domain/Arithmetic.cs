using System.Buffers;
using System.Globalization;
using System.Numerics;

namespace ExpenseIQ.Domain;

/// <summary>
/// Computes what people type in place of an amount: "12+3.50", "(12 + 8) / 4", "2×3,50", "€12 + €3". Numbers are read as
/// <see cref="MoneyText"/> reads them, with any number of decimals. Everything is a fraction of whole numbers, so nothing is rounded
/// on the way: 10/3*3 is 10.
/// </summary>
internal ref struct Arithmetic
{
    /// <summary>What is longer is not computed: this bounds the size of every number on the way.</summary>
    public const int MaxLength = 100;

    /// <summary>How many parentheses may be open at once.</summary>
    public const int MaxDepth = 10;

    private const string Minus = MoneyText.MinusSigns;
    private const string Times = "*xX\u00d7";
    private const string Over = "/\u00f7";

    private static readonly SearchValues<char> AfterNumber = SearchValues.Create("+" + Minus + Times + Over + "()");

    private readonly CultureInfo culture;
    private ReadOnlySpan<char> rest;
    private int depth;
    private bool hasOperator;

    private Arithmetic(ReadOnlySpan<char> text, CultureInfo culture)
    {
        this.culture = culture;
        rest = text.TrimStart();
    }

    /// <summary>Computes a text of numbers, parentheses and at least one operator between two of them.</summary>
    /// <returns>
    /// TooPrecise where the result is no whole number of hundredths; NotAnAmount where the text can't be read, is longer than
    /// <see cref="MaxLength"/>, or divides by zero.
    /// </returns>
    public static MoneyProblem Compute(ReadOnlySpan<char> text, CultureInfo culture, out Money amount)
    {
        amount = default;
        if (text.Length > MaxLength) return MoneyProblem.NotAnAmount;
        var arithmetic = new Arithmetic(text, culture);
        var isRead = arithmetic.TryReadSum(out var sum) && arithmetic.rest.IsEmpty && arithmetic.hasOperator;
        if (!isRead) return MoneyProblem.NotAnAmount;

        var minor = BigInteger.DivRem(sum.Numerator * 100, sum.Denominator, out var remainder);
        if (!remainder.IsZero) return MoneyProblem.TooPrecise;
        if (BigInteger.Abs(minor) > Money.Largest.Minor) return MoneyProblem.TooLarge;
        amount = new Money((long)minor);
        return MoneyProblem.None;
    }

    private bool TryReadSum(out Fraction sum)
    {
        if (!TryReadProduct(out sum)) return false;
        while (true)
        {
            var isMinus = false;
            if (!TryTake("+") && !(isMinus = TryTake(Minus))) return true;
            if (!TryReadProduct(out var next)) return false;
            hasOperator = true;
            sum = isMinus ? sum.Plus(next.Negated) : sum.Plus(next);
        }
    }

    private bool TryReadProduct(out Fraction product)
    {
        if (!TryReadOperand(out product)) return false;
        while (true)
        {
            var isOver = false;
            if (!TryTake(Times) && !(isOver = TryTake(Over))) return true;
            if (!TryReadOperand(out var next)) return false;
            hasOperator = true;
            if (isOver && next.Numerator.IsZero) return false;
            product = isOver ? product.Over(next) : product.Times(next);
        }
    }

    /// <summary>A number or a sum in parentheses, with or without one minus sign before it.</summary>
    private bool TryReadOperand(out Fraction operand)
    {
        var isNegative = TryTake(Minus);
        var isRead = TryTake("(") ? TryReadRestOfParentheses(out operand) : TryReadNumber(out operand);
        if (isNegative) operand = operand.Negated;
        return isRead;
    }

    private bool TryReadRestOfParentheses(out Fraction sum)
    {
        sum = default;
        if (++depth > MaxDepth) return false;
        var isRead = TryReadSum(out sum) && TryTake(")");
        depth--;
        return isRead;
    }

    private bool TryReadNumber(out Fraction number)
    {
        var end = rest.IndexOfAny(AfterNumber);
        var text = end < 0 ? rest : rest[..end];
        rest = rest[text.Length..];
        var isRead = MoneyText.TryReadNumber(text.TrimEnd(), culture, out var digits, out var decimals);
        number = new Fraction(digits, BigInteger.Pow(10, decimals));
        return isRead;
    }

    private bool TryTake(string oneOf)
    {
        if (rest.IsEmpty || !oneOf.Contains(rest[0], StringComparison.Ordinal)) return false;
        rest = rest[1..].TrimStart();
        return true;
    }

    /// <param name="Denominator">Never zero; it may be negative. The terms are not made lowest: the text's length bounds them.</param>
    private readonly record struct Fraction(BigInteger Numerator, BigInteger Denominator)
    {
        public Fraction Negated => new(-Numerator, Denominator);

        public Fraction Plus(Fraction other) =>
            new(Numerator * other.Denominator + other.Numerator * Denominator, Denominator * other.Denominator);

        public Fraction Times(Fraction other) => new(Numerator * other.Numerator, Denominator * other.Denominator);

        public Fraction Over(Fraction other) => new(Numerator * other.Denominator, Denominator * other.Numerator);
    }
}
