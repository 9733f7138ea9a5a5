using CsCheck;
using ExpenseIQ.Domain;

namespace ExpenseIQ.Tests.Domain;

[Trait("Engine", "none")]
public sealed class CalendarMonths
{
    private static readonly Gen<Month> AnyMonth = Gen.Select(Gen.Int[1900, 2199], Gen.Int[1, 12]).Select((year, month) => new Month(year * 100 + month));

    [Fact]
    public void Is_written_and_read_back() =>
        AnyMonth.Sample(month => Month.TryParse(month.ToString(), out var read) && read == month);

    [Fact]
    public void Adding_months_is_undone_by_taking_them_off() =>
        Gen.Select(AnyMonth, Gen.Int[-600, 600]).Sample((month, count) => month.AddMonths(count).AddMonths(-count) == month);

    [Fact]
    public void Lies_between_its_first_and_its_last_day() =>
        AnyMonth.Sample(month => Month.Of(month.First) == month && Month.Of(month.Last) == month && Month.Of(month.Last.AddDays(1)) == month.AddMonths(1));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2024")]
    [InlineData("2024-13")]
    [InlineData("2024-00")]
    [InlineData("2024-1")]
    [InlineData("24-01")]
    [InlineData("0999-01")]
    [InlineData("2024-01-01")]
    [InlineData(" 2024-01")]
    [InlineData("٢٠٢٤-٠١")]
    public void Reads_nothing_else(string? text) => Assert.False(Month.TryParse(text, out _));

    [Theory]
    [InlineData("2024-02-29", null)]
    [InlineData("2025-02-29", "not a date")]
    [InlineData("2025-02-30", "not a date")]
    [InlineData("1900-01-01", null)]
    [InlineData("1899-12-31", "between")]
    [InlineData("2199-12-31", null)]
    [InlineData("2200-01-01", "between")]
    [InlineData("05/11/2024", "not a date")]
    [InlineData("2024-11-5", "not a date")]
    [InlineData("2024-11-05T00:00", "not a date")]
    [InlineData("", "Enter")]
    public void A_date_is_one_of_the_calendar(string text, string? problem)
    {
        var found = Dates.Read(text, out var date);
        if (problem is null) Assert.Equal(text, Dates.ToInput(date));
        else Assert.Contains(problem, found, StringComparison.Ordinal);
    }
}
