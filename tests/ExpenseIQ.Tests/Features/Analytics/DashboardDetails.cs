using ExpenseIQ.Tests.Running;

namespace ExpenseIQ.Tests.Features.Analytics;

/// <summary>What the dashboard has beyond the analytics; the clock stands at 15 November 2024.</summary>
public sealed class DashboardDetails(NovemberApp november) : IClassFixture<NovemberApp>
{
    private RunningApp App => november.App;

    [Fact]
    public async Task The_running_month_is_compared_with_the_same_days_of_the_month_before()
    {
        using var owner = await App.OpenAsNewUserAsync();
        await owner.AddExpenseAsync("100", "2024-10-01");
        await owner.AddExpenseAsync("100", "2024-10-15");
        await owner.AddExpenseAsync("800", "2024-10-16");
        await owner.AddExpenseAsync("250", "2024-11-15");
        var page = await owner.GetAsync("/dashboard");
        Assert.Equal("Oct 1, 2024 to Oct 15, 2024, $200.00", page.TextOf("#compared"));
        Assert.Equal("/expenses?date_from=2024-10-01&date_to=2024-10-15", page.Page.GetElementById("compared")!.GetAttribute("href"));
        Assert.Contains("25\u202f% more than", page.TextOf(".month-change"), StringComparison.Ordinal);
        Assert.Equal("$1,000.00", page.TextOf("#last-month-total"));

        var october = await owner.GetAsync("/dashboard?month=2024-10");
        Assert.Equal("September 2024, $0.00", october.TextOf("#compared"));
    }

    [Fact]
    public async Task The_largest_of_the_month_come_in_their_order_and_no_others()
    {
        using var owner = await App.OpenAsNewUserAsync();
        using var other = await App.OpenAsNewUserAsync();
        await other.AddExpenseAsync("9999", "2024-11-02");
        await owner.AddExpenseAsync("5000", "2024-10-31");
        foreach (var amount in new[] { "1", "70", "3", "20", "70.01", "4", "2" }) await owner.AddExpenseAsync(amount, "2024-11-05", description: amount);
        var page = await owner.GetAsync("/dashboard");
        Assert.Equal(["70.01", "70", "20", "4", "3"], page.Page.QuerySelectorAll("#largest .description").Select(cell => cell.TextContent.Trim()));
        Assert.Equal("/expenses?date_from=2024-11-01&date_to=2024-11-30&sort=amount_desc", page.Page.QuerySelector("#largest-title + a")!.GetAttribute("href"));
    }

    [Theory]
    [InlineData("2024-03-31", "2024-02-29")]
    [InlineData("2024-03-30", "2024-02-29")]
    [InlineData("2024-03-05", "2024-02-05")]
    [InlineData("2024-02-29", "2024-01-29")]
    [Trait("Engine", "none")]
    public void The_same_day_of_a_shorter_month_is_its_last(string today, string expected)
    {
        var day = DateOnly.Parse(today, System.Globalization.CultureInfo.InvariantCulture);
        var analytics = new ExpenseIQ.Features.Analytics.Analytics(ExpenseIQ.Domain.Month.Of(day), day, [], [], []);
        Assert.Equal(expected, ExpenseIQ.Domain.Dates.ToInput(analytics.SameDayOfLastMonth));
    }
}
