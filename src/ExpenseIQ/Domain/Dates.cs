using System.Globalization;

namespace ExpenseIQ.Domain;

/// <summary>Dates as forms and addresses carry them: yyyy-MM-dd (ISO 8601).</summary>
public static class Dates
{
    public static readonly DateOnly First = new(1900, 1, 1);
    public static readonly DateOnly Last = new(2199, 12, 31);

    private const string Format = "yyyy-MM-dd";

    public static string ToInput(DateOnly date) => date.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>The type of an HTML input that can show the text: a date picker shows nothing but dates.</summary>
    public static string InputType(string text) => text.Length == 0 || Read(text, out _) is null ? "date" : "text";

    /// <summary>Reads a date from 1900-01-01 to 2199-12-31.</summary>
    /// <returns>What is wrong with the text, for the person who typed it; null where nothing is.</returns>
    public static string? Read(string text, out DateOnly date)
    {
        if (text.Length == 0)
        {
            date = default;
            return "Enter a date.";
        }
        if (!DateOnly.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out date))
            return "This is not a date of the calendar. Write it like 2024-11-30.";
        return date < First || date > Last ? $"A date lies between {ToInput(First)} and {ToInput(Last)}." : null;
    }
}
