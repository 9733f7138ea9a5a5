using System.Globalization;

namespace ExpenseIQ.Domain;

/// <summary>A calendar month, such as 2024-11.</summary>
/// <param name="Number">Year × 100 + month of the year: 202411. Years 1 to 9999, months 1 to 12.</param>
public readonly record struct Month(int Number) : IComparable<Month>
{
    public int Year => Number / 100;

    public int OfYear => Number % 100;

    public DateOnly First => new(Year, OfYear, 1);

    public DateOnly Last => new(Year, OfYear, Days);

    /// <summary>The days that the month has, 28 to 31.</summary>
    public int Days => DateTime.DaysInMonth(Year, OfYear);

    public static Month Of(DateOnly date) => new(date.Year * 100 + date.Month);

    /// <exception cref="ArgumentOutOfRangeException">The result is outside the years 1 to 9999.</exception>
    public Month AddMonths(int months) => Of(First.AddMonths(months));

    /// <summary>Reads "2024-11"; nothing else is taken, years before 1000 are refused.</summary>
    public static bool TryParse(string? text, out Month month)
    {
        var read = DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first)
            && first.Year >= 1000;
        month = read ? Of(first) : default;
        return read;
    }

    /// <summary>"2024-11", the form of ISO 8601.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Year:0000}-{OfYear:00}");

    public int CompareTo(Month other) => Number.CompareTo(other.Number);

    public static bool operator <(Month left, Month right) => left.Number < right.Number;

    public static bool operator >(Month left, Month right) => left.Number > right.Number;

    public static bool operator <=(Month left, Month right) => left.Number <= right.Number;

    public static bool operator >=(Month left, Month right) => left.Number >= right.Number;
}
