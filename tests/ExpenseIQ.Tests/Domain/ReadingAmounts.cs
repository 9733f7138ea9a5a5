using System.Globalization;
using CsCheck;
using ExpenseIQ.Domain;

namespace ExpenseIQ.Tests.Domain;

[Trait("Engine", "none")]
public sealed class ReadingAmounts
{
    private static readonly CultureInfo[] Cultures = CultureInfo.GetCultures(CultureTypes.AllCultures);
    private static readonly Gen<CultureInfo> AnyCulture = Gen.Int[0, Cultures.Length - 1].Select(index => Cultures[index]);
    private static readonly Gen<long> AnyAmount = Gen.Long[-Money.Largest.Minor, Money.Largest.Minor];
    private static readonly Gen<string> AmountLikeText = Gen.Char["0123456789.,'’ \u00a0\u202f-−+€$¤eExXNa٣५\0\n%()"].Array[0, 20].Select(text => new string(text));

    [Theory]
    [InlineData("en-US", "12", 1200)]
    [InlineData("en-US", "12.5", 1250)]
    [InlineData("en-US", "12.50", 1250)]
    [InlineData("en-US", "12,50", 1250)]
    [InlineData("en-US", "1,234.50", 123450)]
    [InlineData("en-US", "1,234", 123400)]
    [InlineData("en-US", "1,234,567", 123456700)]
    [InlineData("en-US", "1 234.50", 123450)]
    [InlineData("en-US", "$ 12.50", 1250)]
    [InlineData("en-US", "12.50 €", 1250)]
    [InlineData("en-US", ".5", 50)]
    [InlineData("en-US", "5.", 500)]
    [InlineData("en-US", "  7.05  ", 705)]
    [InlineData("en-US", "-12.50", -1250)]
    [InlineData("en-US", "\u221212.50", -1250)]
    [InlineData("en-US", "0012.50", 1250)]
    [InlineData("en-US", "9999999999.99", 999_999_999_999)]
    [InlineData("en-IN", "12,34,567.89", 123456789)]
    [InlineData("de-DE", "1.234,50", 123450)]
    [InlineData("de-DE", "1.234", 123400)]
    [InlineData("de-DE", "12.50", 1250)]
    [InlineData("de-DE", "12,5", 1250)]
    [InlineData("fr-FR", "1\u202f234,50", 123450)]
    [InlineData("de-CH", "1’234.50", 123450)]
    public void Reads_what_people_write(string culture, string text, long minor)
    {
        Assert.Equal(MoneyProblem.None, MoneyText.Read(text, CultureInfo.GetCultureInfo(culture), out var amount));
        Assert.Equal(minor, amount.Minor);
    }

    [Theory]
    [InlineData(null, MoneyProblem.Empty)]
    [InlineData("", MoneyProblem.Empty)]
    [InlineData(" \t", MoneyProblem.Empty)]
    [InlineData("12.345", MoneyProblem.TooPrecise)]
    [InlineData("0.001", MoneyProblem.TooPrecise)]
    [InlineData("12.3450", MoneyProblem.TooPrecise)]
    [InlineData("10000000000.00", MoneyProblem.TooLarge)]
    [InlineData("99999999999999999999999999999999", MoneyProblem.TooLarge)]
    [InlineData("1e400", MoneyProblem.NotAnAmount)]
    [InlineData("1e2", MoneyProblem.NotAnAmount)]
    [InlineData("NaN", MoneyProblem.NotAnAmount)]
    [InlineData("Infinity", MoneyProblem.NotAnAmount)]
    [InlineData("0x10", MoneyProblem.NotAnAmount)]
    [InlineData("twelve", MoneyProblem.NotAnAmount)]
    [InlineData("$", MoneyProblem.NotAnAmount)]
    [InlineData(".", MoneyProblem.NotAnAmount)]
    [InlineData("-", MoneyProblem.NotAnAmount)]
    [InlineData("--1", MoneyProblem.NotAnAmount)]
    [InlineData("1-2", MoneyProblem.NotAnAmount)]
    [InlineData("1,23,4.5", MoneyProblem.NotAnAmount)]
    [InlineData("1,2.50", MoneyProblem.NotAnAmount)]
    [InlineData("12..5", MoneyProblem.NotAnAmount)]
    [InlineData("1.2.3", MoneyProblem.NotAnAmount)]
    [InlineData("1\n2", MoneyProblem.NotAnAmount)]
    [InlineData("12\0", MoneyProblem.NotAnAmount)]
    [InlineData("\u0661\u0662", MoneyProblem.NotAnAmount)]
    public void Says_what_is_wrong_with_the_rest(string? text, MoneyProblem problem) =>
        Assert.Equal(problem, MoneyText.Read(text, CultureInfo.GetCultureInfo("en-US"), out _));

    [Fact]
    public void What_is_written_for_a_form_is_read_back_in_every_culture() =>
        Gen.Select(AnyAmount, AnyCulture).Sample((minor, culture) =>
        {
            var problem = MoneyText.Read(new Money(minor).ToInput(culture), culture, out var amount);
            return problem == MoneyProblem.None && amount.Minor == minor;
        });

    [Fact]
    public void Never_throws_and_never_reads_what_is_out_of_range() =>
        Gen.Select(Gen.OneOf(AmountLikeText, Gen.String), AnyCulture).Sample((text, culture) =>
            MoneyText.Read(text, culture, out var amount) is not MoneyProblem.None || Math.Abs(amount.Minor) <= Money.Largest.Minor);

    [Fact]
    public void Never_takes_more_than_two_decimals() =>
        Gen.Select(Gen.Int[0, 99_999], Gen.Int[0, 999], Gen.Int[3, 8], AnyCulture).Sample((whole, fraction, digits, culture) =>
        {
            // Behind the culture's own separator, digits are decimals and never a group.
            var separator = MoneyText.DecimalSeparator(culture);
            var text = string.Create(CultureInfo.InvariantCulture, $"{whole}{separator}{fraction.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0')}");
            return MoneyText.Read(text, culture, out _) == MoneyProblem.TooPrecise;
        });

    [Fact]
    public void The_value_is_exact() =>
        AnyAmount.Sample(minor => new Money(minor).Value == minor / 100m && new Money(minor).Value.Scale == 2);
}
