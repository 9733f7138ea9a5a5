using System.Collections.Concurrent;
using System.Globalization;
using ExpenseIQ.Domain;

namespace ExpenseIQ.Web;

/// <summary>How one person writes amounts and dates.</summary>
public sealed class Formats
{
    private static readonly ConcurrentDictionary<(string Locale, string Currency), Formats> Known = new();

    private Formats(CultureInfo culture, string currency)
    {
        Culture = (CultureInfo)culture.Clone();
        Currency = currency;
        var region = new RegionInfo(culture.Name);
        Culture.NumberFormat.CurrencySymbol = region.ISOCurrencySymbol == currency ? region.CurrencySymbol : currency + "\u00a0";
        Culture.NumberFormat.CurrencyDecimalDigits = 2;
        // Forms have Gregorian dates, so pages do; and some calendars end before our last date.
        if (Culture.OptionalCalendars.OfType<GregorianCalendar>().FirstOrDefault() is { } calendar) Culture.DateTimeFormat.Calendar = calendar;
    }

    public CultureInfo Culture { get; }

    /// <summary>Three letters of ISO 4217.</summary>
    public string Currency { get; }

    /// <summary>The formats of a locale with a currency; a locale that this machine does not know is taken as en-US.</summary>
    public static Formats Of(string locale, string currency) =>
        Known.GetOrAdd((locale, currency), static key => new Formats(Locales.Find(key.Locale) ?? Locales.Default, key.Currency));

    /// <summary>"$1,234.50".</summary>
    public string Amount(Money amount) => amount.Value.ToString("C", Culture);

    /// <summary>"Nov 1, 2024", "1. Nov. 2024": the culture's order, the month as a word.</summary>
    public string Date(DateOnly date) => date.ToString(IsMonthFirst ? "MMM d, yyyy" : "d MMM yyyy", Culture);

    /// <summary>"November 2024".</summary>
    public string MonthName(Month month) => month.First.ToString("MMMM yyyy", Culture);

    /// <summary>"Nov 2024".</summary>
    public string ShortMonth(Month month) => month.First.ToString("MMM yyyy", Culture);

    /// <summary>How much of a whole a part is: "12 %".</summary>
    public string Share(Money part, Money whole) =>
        whole == Money.Zero ? "" : ((decimal)part.Minor * 100 / whole.Minor).ToString("0", Culture) + "\u202f%";

    /// <summary>"12.5 %", with at most one decimal and without a sign: words say whether it is more or less.</summary>
    public string Percent(decimal percent) => Math.Abs(percent).ToString("#,##0.#", Culture) + "\u202f%";

    public string Number(long number) => number.ToString("N0", Culture);

    private bool IsMonthFirst => Culture.DateTimeFormat.ShortDatePattern.StartsWith('M');
}
