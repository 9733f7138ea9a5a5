using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace ExpenseIQ.Web;

/// <summary>Guesses how a newcomer writes numbers and dates, and what time it is there.</summary>
internal static class Locales
{
    public static CultureInfo Default { get; } = CultureInfo.GetCultureInfo("en-US");

    /// <summary>The culture of a BCP 47 tag, with a region (de becomes de-DE); null where the machine knows none.</summary>
    public static CultureInfo? Find(string? tag)
    {
        if (string.IsNullOrEmpty(tag) || tag.Length > 35) return null;
        try
        {
            var culture = CultureInfo.GetCultureInfo(tag, predefinedOnly: true);
            var specific = culture.IsNeutralCulture ? CultureInfo.CreateSpecificCulture(culture.Name) : culture;
            return specific is { IsNeutralCulture: false, Name.Length: > 0 } && HasCurrency(specific)
                ? CultureInfo.GetCultureInfo(specific.Name)
                : null;
        }
        catch (CultureNotFoundException)
        {
            return null;
        }
    }

    /// <summary>The first language that the browser asks for and this machine knows.</summary>
    public static CultureInfo FromBrowser(HttpRequest request)
    {
        var wanted = request.GetTypedHeaders().AcceptLanguage.OrderByDescending(language => language.Quality ?? 1);
        return wanted.Select(language => Find(language.Value.Value)).FirstOrDefault(culture => culture is not null) ?? Default;
    }

    /// <summary>Three letters of ISO 4217.</summary>
    public static string CurrencyOf(CultureInfo culture) => new RegionInfo(culture.Name).ISOCurrencySymbol;

    /// <summary>The IANA time zone of that name; else this machine's own, else UTC.</summary>
    public static TimeZoneInfo TimeZone(string? name)
    {
        if (name is { Length: > 0 and <= 64 } && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.HasIanaId)
            return zone;
        return TimeZoneInfo.Local is { HasIanaId: true, Id.Length: <= 64 } local ? local : TimeZoneInfo.Utc;
    }

    private static bool HasCurrency(CultureInfo culture)
    {
        try
        {
            // Languages without a country (eo-001) and regions of the world have no currency: XXX or ¤¤.
            return CurrencyOf(culture) is { Length: 3 } code && code != "XXX" && char.IsAsciiLetterUpper(code[0]);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
