using System.Globalization;
using ExpenseIQ.Domain;
using ExpenseIQ.Web;

namespace ExpenseIQ.Features.Preferences;

/// <summary>A value that can be chosen, in words.</summary>
public sealed record Choice(string Value, string Text);

/// <summary>What there is to choose from in the settings; the lists of this machine, made once.</summary>
internal static class Choices
{
    private static readonly DateOnly Example = new(2026, 11, 24);

    /// <summary>Regions by their languages' tags; whoever's region is not among them keeps it.</summary>
    private static readonly string[] Regions =
    [
        "af-ZA", "ar-AE", "ar-EG", "ar-SA", "bg-BG", "bn-BD", "ca-ES", "cs-CZ", "da-DK", "de-AT", "de-CH", "de-DE", "el-GR", "en-AU", "en-CA",
        "en-GB", "en-IE", "en-IN", "en-NG", "en-NZ", "en-PH", "en-SG", "en-US", "en-ZA", "es-AR", "es-CL", "es-CO", "es-ES", "es-MX", "es-PE",
        "et-EE", "fa-IR", "fi-FI", "fr-BE", "fr-CA", "fr-CH", "fr-FR", "he-IL", "hi-IN", "hr-HR", "hu-HU", "id-ID", "is-IS", "it-CH", "it-IT",
        "ja-JP", "ko-KR", "lt-LT", "lv-LV", "ms-MY", "nb-NO", "nl-BE", "nl-NL", "pl-PL", "pt-BR", "pt-PT", "ro-RO", "ru-RU", "sk-SK", "sl-SI",
        "sr-RS", "sv-SE", "sw-KE", "th-TH", "tr-TR", "uk-UA", "ur-PK", "vi-VN", "zh-CN", "zh-HK", "zh-TW",
    ];

    private static readonly Lazy<IReadOnlyList<Choice>> AllCurrencies = new(() =>
    [
        .. CultureInfo.GetCultures(CultureTypes.SpecificCultures).Select(culture => Locales.Find(culture.Name)).OfType<CultureInfo>()
            .Select(culture => new RegionInfo(culture.Name)).DistinctBy(region => region.ISOCurrencySymbol)
            .Select(region => new Choice(region.ISOCurrencySymbol, $"{region.ISOCurrencySymbol}, {region.CurrencyEnglishName}"))
            .OrderBy(choice => choice.Value, StringComparer.Ordinal),
    ]);

    private static readonly Lazy<IReadOnlyList<string>> AllTimeZones = new(() =>
    [
        .. TimeZoneInfo.GetSystemTimeZones().Where(zone => zone is { HasIanaId: true, Id.Length: <= 64 }).Select(zone => zone.Id).Append("UTC").Distinct().Order(StringComparer.Ordinal),
    ]);

    public static readonly IReadOnlyList<Choice> Themes = [new("auto", "As the device"), new("light", "Light"), new("dark", "Dark")];

    public static IReadOnlyList<Choice> Currencies => AllCurrencies.Value;

    public static IReadOnlyList<string> TimeZones => AllTimeZones.Value;

    /// <summary>"German (Germany), 1.234,50".</summary>
    public static IReadOnlyList<Choice> Languages(string present) =>
    [
        .. Regions.Append(present).Distinct().Select(Locales.Find).OfType<CultureInfo>().DistinctBy(culture => culture.Name)
            .OrderBy(culture => culture.EnglishName, StringComparer.Ordinal)
            .Select(culture => new Choice(culture.Name, $"{culture.EnglishName}: {new Money(123450).Value.ToString("N2", culture)}")),
    ];

    /// <param name="region">The region whose own way is the first choice.</param>
    public static IReadOnlyList<Choice> DateStyles(CultureInfo region) =>
        [new("", $"As the region has it: {DateStyle.Of("", region).Write(Example)}"), .. DateStyle.All.Select(style => new Choice(style.Name, style.Write(Example)))];

    public static IReadOnlyList<Choice> Weekdays(CultureInfo region) =>
    [
        new("", $"As the region has it: {region.DateTimeFormat.FirstDayOfWeek}"),
        .. new[] { DayOfWeek.Monday, DayOfWeek.Sunday, DayOfWeek.Saturday }.Select(day => new Choice(((int)day).ToString(CultureInfo.InvariantCulture), day.ToString())),
    ];
}
