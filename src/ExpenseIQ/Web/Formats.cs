using System.Collections.Concurrent;
using System.Globalization;
using ExpenseIQ.Domain;

namespace ExpenseIQ.Web;

/// <summary>How one person writes amounts and dates, and when the week begins there.</summary>
public sealed class Formats
{
    private static readonly ConcurrentDictionary<(string Locale, string Currency, string DateStyle, DayOfWeek? FirstWeekday), Formats> Known = new();

    private readonly DateStyle dates;

    private Formats(CultureInfo culture, string currency, string dateStyle, DayOfWeek? firstWeekday)
    {
        Culture = (CultureInfo)culture.Clone();
        Currency = currency;
        FirstWeekday = firstWeekday ?? culture.DateTimeFormat.FirstDayOfWeek;
        dates = DateStyle.Of(dateStyle, culture);
        var region = new RegionInfo(culture.Name);
        Culture.NumberFormat.CurrencySymbol = region.ISOCurrencySymbol == currency ? region.CurrencySymbol : currency + "\u00a0";
        Culture.NumberFormat.CurrencyDecimalDigits = 2;
    }

    public CultureInfo Culture { get; }

    /// <summary>Three letters of ISO 4217.</summary>
    public string Currency { get; }

    public DayOfWeek FirstWeekday { get; }

    /// <summary>The formats of a locale with a currency; a locale that this machine does not know is taken as en-US.</summary>
    /// <param name="dateStyle">The name of a <see cref="DateStyle"/>; empty: as the region has it.</param>
    /// <param name="firstWeekday">Null: as the region has it.</param>
    public static Formats Of(string locale, string currency, string dateStyle = "", DayOfWeek? firstWeekday = null) => Known.GetOrAdd(
        (locale, currency, dateStyle, firstWeekday),
        static key => new Formats(Locales.Find(key.Locale) ?? Locales.Default, key.Currency, key.DateStyle, key.FirstWeekday));

    /// <summary>"$1,234.50".</summary>
    public string Amount(Money amount) => amount.Value.ToString("C", Culture);

    /// <summary>"Nov 1, 2024", "1 Nov 2024", "01.11.2024".</summary>
    public string Date(DateOnly date) => dates.Write(date);

    /// <summary>"Fri, Nov 1, 2024".</summary>
    public string Day(DateOnly date) => $"{date.ToString("ddd", CultureInfo.InvariantCulture)}, {dates.Write(date)}";

    /// <summary>"November 2024".</summary>
    public string MonthName(Month month) => month.First.ToString("MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>"Nov 2024".</summary>
    public string ShortMonth(Month month) => month.First.ToString("MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>How much of a whole a part is: "12 %".</summary>
    public string Share(Money part, Money whole) =>
        whole == Money.Zero ? "" : ((decimal)part.Minor * 100 / whole.Minor).ToString("0", Culture) + "\u202f%";

    /// <summary>"12.5 %", with at most one decimal and without a sign: words say whether it is more or less.</summary>
    public string Percent(decimal percent) => Math.Abs(percent).ToString("#,##0.#", Culture) + "\u202f%";

    public string Number(long number) => number.ToString("N0", Culture);

    /// <summary>The first day of the week that a day lies in.</summary>
    public DateOnly WeekOf(DateOnly day) => day.AddDays(-((day.DayOfWeek - FirstWeekday + 7) % 7));
}
