using ExpenseIQ.Features.Expenses;
using ExpenseIQ.Web;

namespace ExpenseIQ.Tests.Features.Expenses;

[Trait("Engine", "none")]
public sealed class PeriodLinks
{
    private static readonly Formats American = Formats.Of("en-US", "USD");

    [Theory]
    [InlineData("en-US", null, "2024-01-14")]
    [InlineData("de-DE", null, "2024-01-15")]
    [InlineData("de-DE", DayOfWeek.Saturday, "2024-01-13")]
    [InlineData("de-DE", DayOfWeek.Sunday, "2024-01-14")]
    public void A_week_begins_on_the_person_s_own_day(string locale, DayOfWeek? first, string monday)
    {
        var week = Period.Of(new DateOnly(2024, 1, 15), Formats.Of(locale, "EUR", "", first), new ExpenseFilterForm())[0];
        Assert.StartsWith($"?date_from={monday}&", week.Query, StringComparison.Ordinal);
    }

    [Fact]
    public void They_lie_on_the_person_s_own_day_and_keep_the_other_filters()
    {
        var periods = Period.Of(new DateOnly(2024, 1, 15), American, new ExpenseFilterForm { Search = "tea" });
        Assert.Equal(
            [
                "?date_from=2024-01-14&date_to=2024-01-20&search=tea",
                "?date_from=2024-01-01&date_to=2024-01-31&search=tea",
                "?date_from=2023-12-01&date_to=2023-12-31&search=tea",
                "?date_from=2023-12-17&date_to=2024-01-15&search=tea",
                "?date_from=2023-10-18&date_to=2024-01-15&search=tea",
                "?date_from=2024-01-01&date_to=2024-12-31&search=tea",
                "?search=tea",
            ],
            periods.Select(period => period.Query));
        Assert.Equal("All", Assert.Single(periods, period => period.IsCurrent).Name);
    }

    [Fact]
    public void The_one_that_is_shown_is_marked()
    {
        var shown = new ExpenseFilterForm { DateFrom = "2023-12-01", DateTo = "2023-12-31" };
        Assert.Equal("Last month", Assert.Single(Period.Of(new DateOnly(2024, 1, 15), American, shown), period => period.IsCurrent).Name);
        Assert.DoesNotContain(Period.Of(new DateOnly(2024, 1, 15), American, new ExpenseFilterForm { DateFrom = "2024-01-02" }), period => period.IsCurrent);
    }

    [Fact]
    public void Where_the_filters_cannot_be_read_they_lead_out_of_them()
    {
        var periods = Period.Of(new DateOnly(2024, 1, 15), American, filter: null);
        Assert.Empty(periods[^1].Query);
        Assert.DoesNotContain(periods, period => period.IsCurrent);
    }
}
