using System.Globalization;
using System.Text;
using CsCheck;
using ExpenseIQ.Domain;
using ExpenseIQ.Features.Accounts;
using ExpenseIQ.Features.Expenses;
using ExpenseIQ.Features.Preferences;
using ExpenseIQ.Features.Security;
using ExpenseIQ.Features.Shared;
using ExpenseIQ.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace ExpenseIQ.Tests.Security;

/// <summary>
/// Whatever text comes from outside, no parser throws, and none takes long. Thousands of texts each (<see cref="Samples"/>).
/// </summary>
[Trait("Engine", "none")]
public sealed class ParsingAnything
{
    private const int Times = 3000;
    private static readonly CultureInfo[] Cultures = [.. new[] { "en-US", "de-DE", "fr-FR", "de-CH", "hi-IN", "ar-EG", "fa-IR" }.Select(CultureInfo.GetCultureInfo)];

    [Fact]
    public void Amounts() => Try(text =>
    {
        foreach (var culture in Cultures)
        {
            MoneyText.Read(text, culture, out _);
            MoneyText.Calculate(text, culture, out var amount);
            Assert.InRange(amount.Minor, -Money.Largest.Minor, Money.Largest.Minor);
        }
    });

    [Fact]
    public void Dates_and_months() => Try(text =>
    {
        Dates.Read(text, out _);
        Assert.True(!Month.TryParse(text, out var month) || month.ToString() == text);
    });

    [Fact]
    public void Searches() => Try(text =>
    {
        var folded = SearchText.Fold(text);
        Assert.InRange(folded.Length, 0, Math.Max(SearchText.MaxLength, text.Length));
        Assert.All(SearchText.Words(text), word => Assert.NotEmpty(word));
        Assert.Equal(16, SearchText.KeyOf(folded).Length);
    });

    [Fact]
    public void Names_and_addresses_of_accounts() => Try(text =>
    {
        var form = RegisterForm.Read(FormOf(("username", text), ("email", text), ("password", text), ("confirm", text), ("time_zone", text)));
        form.Check(new FormErrors());
        Assert.NotNull(Locales.TimeZone(text));
        Locales.Find(text);
        Assert.NotEmpty(DeviceName.Of(text));
    });

    [Fact]
    public void Forms_of_expenses_and_settings() => Try(text =>
    {
        foreach (var culture in Cultures)
        {
            var form = ExpenseForm.Read(_ => text);
            form.Check(Formats.Of(culture.Name, "EUR"), new FormErrors());
            Assert.Equal(36, form.SubmissionKey().Length);
        }
        PreferencesForm.Read(FormOf(("locale", text), ("currency", text), ("time_zone", text), ("date_format", text), ("first_weekday", text), ("theme", text))).Check(new FormErrors());
    });

    [Fact]
    public void Filters_in_addresses() => Gen.Select(Texts, Texts, Texts).Each(
        Times,
        texts =>
        {
            var (one, two, three) = texts;
            var query = new QueryCollection(QueryHelpers.ParseQuery(
                $"?date_from={one}&date_to={two}&search={Escaped(three)}&amount_min={Escaped(one)}&amount_max={two}&category_id={three}&category_id={one}&sort={two}&{three}"));
            var form = ExpenseFilterForm.Read(query);
            form.Check(Cultures[one.Length % Cultures.Length], new FormErrors());
            // What was asked for can be asked for again.
            var again = ExpenseFilterForm.Read(new QueryCollection(QueryHelpers.ParseQuery(form.ToQuery("done", one))));
            Assert.Equal(form.ToQuery(), again.ToQuery());
        });

    [Fact]
    public void Very_long_texts_take_no_longer_than_reading_them()
    {
        var began = System.Diagnostics.Stopwatch.StartNew();
        foreach (var part in new[] { "1", "(", "1+", "-", "1.", "1,", " ", "é", "\u0301", "€", "a@", "a.", "'", "%", "\ud83c", "ﷺ", "12/" })
        {
            var text = string.Concat(Enumerable.Repeat(part, 200_000 / part.Length));
            MoneyText.Calculate(text, Cultures[0], out _);
            Dates.Read(text, out _);
            SearchText.Words(text);
            RegisterForm.Read(FormOf(("username", text), ("email", text + "@example.org"), ("password", text), ("confirm", text))).Check(new FormErrors());
            ExpenseForm.Read(_ => text).Check(Formats.Of("en-US", "USD"), new FormErrors());
            new ExpenseFilterForm { Search = text, AmountMin = text, DateFrom = text, CategoryIds = [text] }.Check(Cultures[0], new FormErrors());
            DeviceName.Of(text);
        }
        Assert.True(began.Elapsed < TimeSpan.FromSeconds(20), $"It took {began.Elapsed}.");
    }

    /// <summary>Texts that look like what is expected, and any others: whole characters, halves of pairs, nulls.</summary>
    internal static Gen<string> Texts { get; } = Gen.OneOf(
        Gen.String,
        Gen.String[Gen.Char["0123456789.,-+*/()xX×÷− ' \u00a0\u202f€$"], 0, 40],
        Gen.String[Gen.Char["0123456789-TZ: /\u0660\u06f3"], 0, 14],
        Gen.String[Gen.Char["&=%+;#?\0\r\n\t\"'<>{}[]\\\u2028\ufeff\ufffe\ud800\udc00İıß\u0301\u202e\ufdfa"], 0, 60],
        Gen.OneOf(new[]
        {
            "", " ", "\0", "null", "NaN", "Infinity", "1e308", "0x10", "9223372036854775808", "-1", "00000000-0000-0000-0000-000000000000", "0001-01-01", "9999-12-31", "2024-02-30", "٢٠٢٤-١١-٠٥",
            "' or 1=1 --", "<script>alert(1)</script>", "../../etc/passwd", "%00", "%ff%fe", "+ADw-script+AD4-", "\ud800", "\udc00\ud800", "1+1+1+1", "((((((((((1))))))))))", "1/0", "0/0", "1/3*3",
        }.Select(Gen.Const).ToArray()),
        Gen.Select(Gen.String, Gen.Int[0, 400]).Select((text, times) => string.Concat(Enumerable.Repeat(text.Length > 3 ? text[..3] : text, times))));

    private static void Try(Action<string> parse) => Texts.Each(Times, parse);

    private static string Escaped(string text) => Uri.EscapeDataString(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)));

    private static FormCollection FormOf(params (string Name, string Value)[] fields) =>
        new(fields.ToDictionary(field => field.Name, field => new StringValues(field.Value), StringComparer.Ordinal));
}
