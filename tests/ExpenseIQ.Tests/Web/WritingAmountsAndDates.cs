using System.Globalization;
using CsCheck;
using ExpenseIQ.Domain;
using ExpenseIQ.Web;

namespace ExpenseIQ.Tests.Web;

[Trait("Engine", "none")]
public sealed class WritingAmountsAndDates
{
    private static readonly CultureInfo[] Cultures =
        [.. CultureInfo.GetCultures(CultureTypes.AllCultures).Select(culture => Locales.Find(culture.Name)).OfType<CultureInfo>().DistinctBy(culture => culture.Name)];

    private static readonly DateOnly[] Days = [Dates.First, new(1999, 12, 31), new(2024, 2, 29), new(2077, 11, 17), Dates.Last];

    [Fact]
    public void Every_language_of_a_browser_can_be_stored_and_used()
    {
        Assert.NotEmpty(Cultures);
        Assert.All(Cultures, culture =>
        {
            Assert.InRange(culture.Name.Length, 2, 35);
            Assert.True(System.Text.Ascii.IsValid(culture.Name));
            var currency = Locales.CurrencyOf(culture);
            Assert.Equal(3, currency.Length);
            var formats = Formats.Of(culture.Name, currency);
            foreach (var day in Days)
            {
                Assert.NotEmpty(formats.Date(day));
                Assert.NotEmpty(formats.MonthName(Month.Of(day)));
                Assert.Equal(Dates.ToInput(day), day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            }
            Assert.NotEmpty(formats.Percent(-12.34m));
            Assert.NotEmpty(formats.Amount(Money.Largest));
        });
    }

    /// <summary>A form has a date of the Gregorian calendar, so a page shows the same year.</summary>
    [Fact]
    public void A_date_is_shown_in_the_calendar_in_which_it_is_typed() => Assert.All(Cultures, culture =>
    {
        var shown = Formats.Of(culture.Name, Locales.CurrencyOf(culture)).Date(new DateOnly(2024, 11, 5));
        Assert.Contains("2024", shown, StringComparison.Ordinal);
    });

    [Fact]
    public void No_tag_of_a_language_is_an_error() => Gen.OneOf(Gen.String, Gen.Char["abcdeDEUS-_*0129;q=. "].Array[0, 40].Select(letters => new string(letters)))
        .Sample(tag => Locales.Find(tag) is not { Name.Length: > 35 });

    [Fact]
    public void No_name_of_a_time_zone_is_an_error() => Gen.OneOf(Gen.String, Gen.Char["abcE/UTC+-.0129 "].Array[0, 70].Select(letters => new string(letters)))
        .Sample(name => Locales.TimeZone(name).Id.Length <= 64);

    [Theory]
    [InlineData("en-US", "USD", "$1,234.50")]
    [InlineData("de-DE", "EUR", "1.234,50 €")]
    [InlineData("en-US", "EUR", "EUR 1,234.50")]
    [InlineData("ja-JP", "JPY", "￥1,234.50")]
    [InlineData("xx-unknown", "USD", "$1,234.50")]
    public void Amounts_have_two_decimals_and_the_currency(string locale, string currency, string text) =>
        Assert.Equal(text, Formats.Of(locale, currency).Amount(new Money(123450)).Replace('\u00a0', ' '));
}
