using System.Globalization;
using ExpenseIQ.Features.Shared;
using ExpenseIQ.Web;

namespace ExpenseIQ.Features.Preferences;

/// <summary>How a person likes pages; everything in it was checked.</summary>
public sealed record Habits(string Locale, string Currency, string TimeZone, string DateFormat, DayOfWeek? FirstWeekday, string Theme);

/// <summary>What a person chooses in the settings, and its checks.</summary>
public sealed record PreferencesForm
{
    public string Locale { get; init; } = "";

    public string Currency { get; init; } = "";

    public string TimeZone { get; init; } = "";

    public string DateFormat { get; init; } = "";

    public string FirstWeekday { get; init; } = "";

    public string Theme { get; init; } = "";

    public static PreferencesForm Read(IFormCollection form) => new()
    {
        Locale = form.Text("locale").Trim(),
        Currency = form.Text("currency").Trim(),
        TimeZone = form.Text("time_zone").Trim(),
        DateFormat = form.Text("date_format").Trim(),
        FirstWeekday = form.Text("first_weekday").Trim(),
        Theme = form.Text("theme").Trim(),
    };

    public static PreferencesForm Of(Habits habits) => new()
    {
        Locale = habits.Locale,
        Currency = habits.Currency,
        TimeZone = habits.TimeZone,
        DateFormat = habits.DateFormat,
        FirstWeekday = habits.FirstWeekday is { } day ? ((int)day).ToString(CultureInfo.InvariantCulture) : "",
        Theme = habits.Theme,
    };

    /// <summary>What is to be stored, or null and a message at each field that is wrong.</summary>
    public Habits? Check(FormErrors errors)
    {
        var region = Locales.Find(Locale);
        if (region is null) errors.Add("locale", "This region is not known here.");
        if (Choices.Currencies.All(choice => choice.Value != Currency)) errors.Add("currency", "This currency is not known here.");
        if (!Choices.TimeZones.Contains(TimeZone)) errors.Add("time_zone", "This time zone is not known here. Write it like Europe/Berlin.");
        if (DateFormat.Length > 0 && DateStyle.All.All(style => style.Name != DateFormat)) errors.Add("date_format", "This way to write dates is not known.");
        DayOfWeek? weekday = null;
        if (FirstWeekday is ['0' or '1' or '6']) weekday = (DayOfWeek)(FirstWeekday[0] - '0');
        else if (FirstWeekday.Length > 0) errors.Add("first_weekday", "A week begins on Monday, Sunday or Saturday.");
        if (Choices.Themes.All(choice => choice.Value != Theme)) errors.Add("theme", "There are light, dark, and as the device.");
        return errors.Any ? null : new Habits(region!.Name, Currency, TimeZone, DateFormat, weekday, Theme);
    }
}
