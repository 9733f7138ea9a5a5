using System.Globalization;
using System.Text.Json;
using ExpenseIQ.Tests.Running;
using Microsoft.Extensions.Time.Testing;

namespace ExpenseIQ.Tests.Features.Analytics;

/// <summary>The clock stands at noon of 15 November 2024.</summary>
public sealed class AnalyticsAnswers(NovemberApp november) : IClassFixture<NovemberApp>
{
    private RunningApp App => november.App;

    [Fact]
    public async Task Somebody_with_nothing_gets_nothing_to_the_letter()
    {
        using var browser = await App.OpenAsNewUserAsync();
        var answer = await browser.AnalyticsAsync();
        Assert.Equal("application/json", answer.MediaType);
        Assert.Equal(
            """
            {"monthly":{"labels":[],"data":[]},"category":{"labels":[],"data":[]},"month_total":0.00,"top_category":{"name":"N/A","total":0},"recent":[],
            "smart":{"top3_categories":[],"avg_daily_spend":0.00,"last_month_total":0.00,"growth_pct":0,"predicted_next":0.00}}
            """.ReplaceLineEndings(""),
            answer.Text);
    }

    [Fact]
    public async Task Has_just_these_members_in_this_order()
    {
        using var browser = await App.OpenAsNewUserAsync();
        await browser.AddExpenseAsync("1200.50", "2024-10-03", 4, "Rent");
        await browser.AddExpenseAsync("530.00", "2024-11-02", 2, "Train");
        await browser.AddExpenseAsync("120.00", "2024-11-01", 1, "Lunch");
        await browser.AddExpenseAsync("330.00", "2024-11-14", 1, "Feast");
        var ids = (await App.ExpensesOfAsync(browser)).Select(row => row.Id).ToList();
        Assert.Equal(
            $$$"""
            {"monthly":{"labels":["2024-10","2024-11"],"data":[1200.50,980.00]},
            "category":{"labels":["Travel","Food"],"data":[530.00,450.00]},
            "month_total":980.00,
            "top_category":{"name":"Travel","total":530.00},
            "recent":[
            {"id":{{{ids[3]}}},"amount":330.00,"description":"Feast","date":"2024-11-14","category":"Food"},
            {"id":{{{ids[1]}}},"amount":530.00,"description":"Train","date":"2024-11-02","category":"Travel"},
            {"id":{{{ids[2]}}},"amount":120.00,"description":"Lunch","date":"2024-11-01","category":"Food"},
            {"id":{{{ids[0]}}},"amount":1200.50,"description":"Rent","date":"2024-10-03","category":"Bills"}],
            "smart":{"top3_categories":[{"name":"Travel","total":530.00},{"name":"Food","total":450.00}],
            "avg_daily_spend":65.33,"last_month_total":1200.50,"growth_pct":-18.37,"predicted_next":1200.50}}
            """.ReplaceLineEndings(""),
            (await browser.AnalyticsAsync()).Text);
    }

    [Fact]
    public async Task The_months_are_the_last_twelve_that_have_expenses()
    {
        using var browser = await App.OpenAsNewUserAsync();
        // 14 months with gaps between them.
        for (var month = 0; month < 14; month++)
            await browser.AddExpenseAsync("10", new DateOnly(2024, 11, 1).AddMonths(-2 * month).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        var monthly = (await browser.AnalyticsAsync()).Json.GetProperty("monthly");
        var expected = Enumerable.Range(0, 12).Select(month => new DateOnly(2024, 11, 1).AddMonths(-2 * month).ToString("yyyy-MM", CultureInfo.InvariantCulture)).Reverse();
        Assert.Equal(expected, Strings(monthly.GetProperty("labels")));
        Assert.Equal(12, monthly.GetProperty("data").GetArrayLength());
    }

    [Fact]
    public async Task Months_after_the_one_asked_for_are_not_in_it()
    {
        using var browser = await App.OpenAsNewUserAsync();
        await browser.AddExpenseAsync("10", "2024-09-10");
        await browser.AddExpenseAsync("20", "2024-10-10", 2);
        await browser.AddExpenseAsync("40", "2025-01-10", 3);
        var november = (await browser.AnalyticsAsync()).Json;
        Assert.Equal(["2024-09", "2024-10"], Strings(november.GetProperty("monthly").GetProperty("labels")));
        Assert.Equal(0m, november.GetProperty("month_total").GetDecimal());
        Assert.Equal("N/A", november.GetProperty("top_category").GetProperty("name").GetString());
        Assert.Equal("2025-01-10", november.GetProperty("recent")[0].GetProperty("date").GetString());

        var october = (await browser.AnalyticsAsync("2024-10")).Json;
        Assert.Equal(20m, october.GetProperty("month_total").GetDecimal());
        Assert.Equal("Travel", october.GetProperty("top_category").GetProperty("name").GetString());
        Assert.Equal(10m, october.GetProperty("smart").GetProperty("last_month_total").GetDecimal());
        Assert.Equal(100m, october.GetProperty("smart").GetProperty("growth_pct").GetDecimal());
    }

    [Theory]
    [InlineData("2024")]
    [InlineData("2024-13")]
    [InlineData("2024-00")]
    [InlineData("2024-1")]
    [InlineData("2024-11-01")]
    [InlineData("1899-12")]
    [InlineData("2200-01")]
    [InlineData("9999-12")]
    [InlineData("0001-01")]
    [InlineData("abc")]
    [InlineData("NaN")]
    [InlineData("1e400")]
    [InlineData("-2024-11")]
    [InlineData("'; drop table expenses")]
    [InlineData("<script>")]
    [InlineData("🍜")]
    public async Task A_month_that_is_none_is_refused(string month)
    {
        using var browser = await App.OpenAsNewUserAsync();
        var answer = (await browser.GetAsync($"/api/analytics?month={Uri.EscapeDataString(month)}")).MustBe(400);
        Assert.Equal("application/problem+json", answer.MediaType);
        Assert.Equal(400, answer.Json.GetProperty("status").GetInt32());
        var page = (await browser.GetAsync($"/dashboard?month={Uri.EscapeDataString(month)}")).MustBe(400);
        Assert.NotNull(page.Alert);
        Assert.Contains("November 2024", page.TextOf("main"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1900-01")]
    [InlineData("2199-12")]
    [InlineData("2024-02")]
    public async Task The_first_and_the_last_month_are_months(string month)
    {
        using var browser = await App.OpenAsNewUserAsync();
        await browser.AddExpenseAsync("10", $"{month}-01");
        Assert.Equal(10m, (await browser.AnalyticsAsync(month)).Json.GetProperty("month_total").GetDecimal());
        (await browser.GetAsync($"/dashboard?month={month}")).MustBe(200);
    }

    [Fact]
    public async Task The_newest_five_are_by_date_then_by_id()
    {
        using var browser = await App.OpenAsNewUserAsync();
        foreach (var date in new[] { "2024-11-05", "2024-11-07", "2024-11-05", "2024-11-05", "2024-11-01", "2024-11-07" }) await browser.AddExpenseAsync("1", date);
        var ids = (await App.ExpensesOfAsync(browser)).OrderByDescending(row => row.Date).ThenByDescending(row => row.Id).Take(5).Select(row => row.Id);
        Assert.Equal(ids, (await browser.AnalyticsAsync()).Json.GetProperty("recent").EnumerateArray().Select(row => row.GetProperty("id").GetInt64()));
    }

    [Fact]
    public async Task Signed_out_it_is_a_problem_and_no_page()
    {
        using var browser = App.Open();
        var answer = (await browser.GetAsync("/api/analytics")).MustBe(401);
        Assert.Equal("application/problem+json", answer.MediaType);
        Assert.Equal(401, answer.Json.GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task What_did_not_change_is_not_sent_again()
    {
        using var browser = await App.OpenAsNewUserAsync();
        using var other = await App.OpenAsNewUserAsync();
        await browser.AddExpenseAsync("10", "2024-11-05");
        var tags = new List<string>();

        await ChangedAsync();
        await browser.AddExpenseAsync("10", "2024-11-05");
        await ChangedAsync();
        var id = (await App.ExpensesOfAsync(browser))[0].Id;
        (await browser.PostFormAsync($"/expenses/{id}/edit", ("amount", "11"))).MustBe(302);
        await ChangedAsync();
        (await browser.PostFormAsync($"/expenses/{id}/delete")).MustBe(302);
        await ChangedAsync();
        tags.Add((await browser.AnalyticsAsync("2024-10")).Headers["ETag"]);
        tags.Add((await other.AnalyticsAsync()).Headers["ETag"]);
        Assert.Equal(tags.Count, tags.Distinct().Count());
        (await other.GetAsync("/api/analytics", ("If-None-Match", tags[3]))).MustBe(200);

        async Task ChangedAsync()
        {
            var answer = tags.Count == 0 ? await browser.AnalyticsAsync() : (await browser.GetAsync("/api/analytics", ("If-None-Match", tags[^1]))).MustBe(200);
            tags.Add(answer.Headers["ETag"]);
            var again = (await browser.GetAsync("/api/analytics", ("If-None-Match", $"\"x\", {tags[^1]}"))).MustBe(304);
            Assert.Empty(again.Body);
            Assert.Equal(tags[^1], again.Headers["ETag"]);
            Assert.Contains("private", answer.Headers["Cache-Control"], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_new_day_is_a_new_answer()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2024, 11, 30, 23, 50, 0, TimeSpan.Zero));
        await using var app = await november.Shared.StartAnotherAsync(clock);
        using var browser = await app.OpenAsNewUserAsync();
        await browser.AddExpenseAsync("10", "2024-11-05");
        var before = await browser.AnalyticsAsync();
        clock.Advance(TimeSpan.FromMinutes(11));
        var after = (await browser.GetAsync("/api/analytics", ("If-None-Match", before.Headers["ETag"]))).MustBe(200);
        Assert.Equal((10m, 0m), (before.Json.GetProperty("month_total").GetDecimal(), after.Json.GetProperty("month_total").GetDecimal()));
    }

    /// <summary>What the user's day is at a moment, and with it month, form and average.</summary>
    [Theory]
    [InlineData("2024-11-30T23:30:00Z", "Pacific/Auckland", "2024-12-01")]
    [InlineData("2024-11-30T23:30:00Z", "America/Los_Angeles", "2024-11-30")]
    [InlineData("2024-12-01T00:30:00Z", "America/Los_Angeles", "2024-11-30")]
    [InlineData("2024-12-31T23:30:00Z", "Europe/Berlin", "2025-01-01")]
    [InlineData("2024-02-29T10:00:00Z", "Pacific/Kiritimati", "2024-03-01")]
    [InlineData("2024-03-31T00:59:59Z", "Europe/Berlin", "2024-03-31")]
    [InlineData("2024-10-27T22:59:59Z", "Europe/Berlin", "2024-10-27")]
    [InlineData("2024-10-27T23:00:00Z", "Europe/Berlin", "2024-10-28")]
    public async Task Today_is_the_person_s_own_day(string moment, string zone, string today)
    {
        var clock = new FakeTimeProvider(DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture));
        await using var app = await november.Shared.StartAnotherAsync(clock);
        using var browser = await app.OpenAsNewUserAsync(timeZone: zone);
        Assert.Equal(today, (await browser.GetAsync("/expenses/add")).Value("date"));
        await browser.AddExpenseAsync("10", today);
        var json = (await browser.AnalyticsAsync()).Json;
        Assert.Equal(10m, json.GetProperty("month_total").GetDecimal());
        var day = DateOnly.Parse(today, CultureInfo.InvariantCulture).Day;
        Assert.Equal(Math.Round(10m / day, 2, MidpointRounding.ToEven), json.GetProperty("smart").GetProperty("avg_daily_spend").GetDecimal());
        Assert.Contains($"expenses-{today}.csv", (await browser.GetAsync("/expenses/export/csv")).Headers["Content-Disposition"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_dashboard_shows_the_same_figures_and_each_leads_to_its_rows()
    {
        using var browser = await App.OpenAsNewUserAsync();
        await browser.AddExpenseAsync("1200.50", "2024-10-03", 4, "Rent");
        await browser.AddExpenseAsync("530.00", "2024-11-02", 2, "Train");
        await browser.AddExpenseAsync("450.00", "2024-11-14", 1, "Feast");
        var page = await browser.GetAsync("/dashboard");
        Assert.Equal(
            ("$980.00", "$65.33", "Travel", "$1,200.50", "$1,200.50"),
            (page.TextOf("#month-total"), page.TextOf("#average-a-day"), page.TextOf("#top-category"), page.TextOf("#last-month-total"), page.TextOf("#predicted-next")));
        var links = page.Page.QuerySelectorAll(".figure a, #months a, #categories a").ToList();
        Assert.NotEmpty(links);
        foreach (var (selector, total) in new[] { ("a#month-total", "$980.00"), ("a#last-month-total", "$1,200.50"), ("a#top-category", "$530.00") })
        {
            var rows = await browser.GetAsync(page.Page.QuerySelector(selector)!.GetAttribute("href")!);
            Assert.Equal(total, rows.MustBe(200).TextOf("#total"));
        }
        foreach (var row in page.Page.QuerySelectorAll("#months tbody tr, #categories tbody tr"))
        {
            var rows = await browser.GetAsync(row.QuerySelector("a")!.GetAttribute("href")!);
            Assert.Equal(row.QuerySelector("td:last-child")!.TextContent.Trim(), rows.MustBe(200).TextOf("#total"));
        }
    }

    private static IEnumerable<string?> Strings(JsonElement array) => array.EnumerateArray().Select(item => item.GetString());
}
