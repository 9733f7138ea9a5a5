using ExpenseIQ.Domain;
using ExpenseIQ.Features.Analytics;

namespace ExpenseIQ.Tests.Features.Analytics;

[Trait("Engine", "none")]
public sealed class Figures
{
    private static readonly DateOnly Today = new(2024, 11, 15);

    [Fact]
    public void The_prediction_is_the_mean_of_the_last_three_complete_months()
    {
        var analytics = Of(202411, (202408, 100), (202409, 200), (202410, 400), (202411, 9999));
        Assert.Equal(233, analytics.PredictedNext.Minor);
    }

    [Fact]
    public void A_month_without_expenses_counts_in_the_mean()
    {
        Assert.Equal(200, Of(202411, (202408, 300), (202410, 300), (202411, 1)).PredictedNext.Minor);
    }

    [Fact]
    public void It_does_not_reach_back_before_the_first_month_with_expenses()
    {
        Assert.Equal(300, Of(202411, (202410, 300), (202411, 1)).PredictedNext.Minor);
    }

    [Fact]
    public void In_the_first_month_itself_it_is_the_month_s_own_pace()
    {
        Assert.Equal(3000, Of(202411, (202411, 1500)).PredictedNext.Minor);
    }

    [Fact]
    public void Looked_at_ahead_of_time_neither_the_running_month_nor_later_ones_count_as_complete()
    {
        Assert.Equal(233, Of(202502, (202408, 100), (202409, 200), (202410, 400), (202411, 9999), (202501, 5)).PredictedNext.Minor);
    }

    [Fact]
    public void A_month_that_is_over_is_one_of_the_three()
    {
        Assert.Equal(200, Of(202410, (202408, 100), (202409, 200), (202410, 300)).PredictedNext.Minor);
    }

    [Theory]
    [InlineData(0, 0, 0.0)]
    [InlineData(100, 150, 50.0)]
    [InlineData(150, 100, -33.33)]
    [InlineData(300, 0, -100.0)]
    [InlineData(0, 100, null)]
    public void Growth_is_against_the_month_before(long before, long now, double? percent)
    {
        var sums = new[] { (202410, before), (202411, now) }.Where(sum => sum.Item2 != 0).ToArray();
        Assert.Equal((decimal?)percent, Of(202411, sums).GrowthPercent);
    }

    [Theory]
    [InlineData(202411, 15)]
    [InlineData(202410, 31)]
    [InlineData(202402, 29)]
    [InlineData(202412, 31)]
    public void The_average_is_over_the_days_that_have_begun(int month, int days) => Assert.Equal(days, Of(month).DaysSoFar);

    [Fact]
    public void The_average_a_month_is_that_of_the_months_with_expenses_rounded_once()
    {
        Assert.Equal(new Money(134), Of(202411, (202401, 100), (202410, 200), (202411, 101)).AverageAMonth);
        Assert.Null(Of(202411, (202411, 100)).AverageAMonth);
        Assert.Null(Of(202411).AverageAMonth);
    }

    private static ExpenseIQ.Features.Analytics.Analytics Of(int month, params (int Month, long Minor)[] sums) =>
        new(new Month(month), Today, [.. sums.Select(sum => new MonthSum(new Month(sum.Month), new Money(sum.Minor)))], [], []);
}
