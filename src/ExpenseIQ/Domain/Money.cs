using System.Globalization;

namespace ExpenseIQ.Domain;

/// <summary>An exact amount of the user's currency.</summary>
/// <param name="Minor">Hundredths of the currency's unit: 12.50 is 1250.</param>
public readonly record struct Money(long Minor) : IComparable<Money>
{
    /// <summary>The largest amount of one expense: 9,999,999,999.99.</summary>
    public static readonly Money Largest = new(999_999_999_999);

    public static readonly Money Zero;

    /// <summary>The amount as a number with two decimals, exactly.</summary>
    public decimal Value => new(
        (int)(ulong)Math.Abs(Minor),
        (int)((ulong)Math.Abs(Minor) >> 32),
        0,
        Minor < 0,
        2);

    public static Money operator +(Money left, Money right) => new(checked(left.Minor + right.Minor));

    public static Money operator -(Money left, Money right) => new(checked(left.Minor - right.Minor));

    public static Money operator -(Money value) => new(-value.Minor);

    public static bool operator <(Money left, Money right) => left.Minor < right.Minor;

    public static bool operator >(Money left, Money right) => left.Minor > right.Minor;

    public static bool operator <=(Money left, Money right) => left.Minor <= right.Minor;

    public static bool operator >=(Money left, Money right) => left.Minor >= right.Minor;

    public static Money Add(Money left, Money right) => left + right;

    public static Money Subtract(Money left, Money right) => left - right;

    public static Money Negate(Money item) => -item;

    /// <summary>The amount spread over a number of parts, rounded to the even hundredth (banker's rounding).</summary>
    /// <param name="parts">At least 1.</param>
    /// <exception cref="DivideByZeroException"><paramref name="parts"/> is 0.</exception>
    public Money Per(int parts) => new((long)Math.Round((decimal)Minor / parts, MidpointRounding.ToEven));

    public int CompareTo(Money other) => Minor.CompareTo(other.Minor);

    /// <summary>The amount as a person types it, without grouping: "1234.50" or, in a culture with a comma, "1234,50".</summary>
    public string ToInput(CultureInfo culture)
    {
        var plain = Value.ToString(CultureInfo.InvariantCulture);
        return MoneyText.DecimalSeparator(culture) == ',' ? plain.Replace('.', ',') : plain;
    }

    /// <summary>"1234.50": with a point, without grouping, for machines.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
