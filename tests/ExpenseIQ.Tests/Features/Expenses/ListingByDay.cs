using ExpenseIQ.Domain;
using ExpenseIQ.Features.Expenses;
using ExpenseIQ.Tests.Running;

namespace ExpenseIQ.Tests.Features.Expenses;

public sealed class ListingByDay(SharedApp shared)
{
    private RunningApp App => shared.App;

    [Theory]
    [InlineData("/expenses")]
    [InlineData("/expenses?sort=date_asc")]
    [InlineData("/expenses?search=tea")]
    [InlineData("/expenses?amount_min=1.05&category_id=1&category_id=2")]
    public async Task Each_day_has_the_total_of_all_its_rows_wherever_the_page_ends(string path)
    {
        using var owner = await Ledgered.CreateAsync(App, Enumerable.Range(0, 180).Select(i =>
            new ExpenseInput(new Money(100 + i), i % 3 + 1, i % 2 == 0 ? "Tea" : "Coffee", new DateOnly(2024, 11, 1).AddDays(-(i / 30)))));
        var pages = await owner.WalkAsync(path, "next");
        var rows = new Dictionary<string, decimal>(StringComparer.Ordinal);
        var totals = new HashSet<(string Day, decimal Total)>();
        foreach (var page in pages)
        {
            foreach (var body in page.Page.QuerySelectorAll("tbody[data-day]"))
            {
                var day = body.GetAttribute("data-day")!;
                totals.Add((day, Amount(body.QuerySelector("tr.day .amount")!.TextContent)));
                foreach (var row in body.QuerySelectorAll("tr[data-id] .amount")) rows[day] = rows.GetValueOrDefault(day) + Amount(row.TextContent);
            }
        }
        Assert.Equal(rows.OrderBy(day => day.Key).Select(day => (day.Key, day.Value)), totals.OrderBy(day => day.Day));
    }

    [Fact]
    public async Task Sorted_by_amount_there_are_dates_and_no_days()
    {
        using var owner = await App.OpenAsNewUserAsync();
        await owner.AddExpenseAsync("1", "2024-11-05");
        var page = await owner.GetAsync("/expenses?sort=amount_desc");
        Assert.Null(page.Page.QuerySelector("tr.day"));
        Assert.Equal("Nov 5, 2024", page.TextOf("tr[data-id] .date"));
        Assert.Equal("descending", page.Page.QuerySelector("th.amount")!.GetAttribute("aria-sort"));
        Assert.Equal("/expenses?sort=amount_asc", page.Page.QuerySelector("th.amount a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task The_heads_turn_the_order_and_keep_the_filters()
    {
        using var owner = await App.OpenAsNewUserAsync();
        await owner.AddExpenseAsync("1", "2024-11-05");
        var page = await owner.GetAsync("/expenses?search=lunch");
        Assert.Equal("/expenses?search=lunch&sort=date_asc", page.Page.QuerySelector("th[aria-sort=descending] a")!.GetAttribute("href"));
        Assert.Equal("/expenses?search=lunch&sort=amount_desc", page.Page.QuerySelector("th.amount a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Filters_in_use_are_chips_that_lead_out_of_them()
    {
        using var owner = await App.OpenAsNewUserAsync();
        await owner.AddExpenseAsync("1", "2024-11-05");
        var page = (await owner.GetAsync("/expenses?date_from=2024-11-01&date_to=2024-11-30&category_id=1&category_id=4&search=lunch&amount_max=5")).MustBe(200);
        var chips = page.Page.QuerySelectorAll(".chip:not(.chip-plain)").ToDictionary(chip => chip.TextContent.Trim(), chip => chip.GetAttribute("href"));
        Assert.Equal(["“lunch”", "Food", "Bills", "Nov 1, 2024 to Nov 30, 2024", "$5.00 or less"], chips.Keys);
        Assert.Equal("/expenses?date_from=2024-11-01&date_to=2024-11-30&category_id=4&search=lunch&amount_max=5", chips["Food"]);
        Assert.Equal("/expenses?category_id=1&category_id=4&search=lunch&amount_max=5", chips["Nov 1, 2024 to Nov 30, 2024"]);
    }

    [Fact]
    public async Task More_rows_come_on_the_same_page_until_it_is_long_enough()
    {
        using var owner = await Ledgered.CreateAsync(App, Enumerable.Range(0, 620).Select(i =>
            new ExpenseInput(new Money(100 + i), 1, "Tea", new DateOnly(2024, 11, 1).AddDays(-i))));
        var page = await owner.Browser.GetAsync("/expenses");
        for (var rows = 100; rows <= 500; rows += 50)
        {
            var link = page.Page.QuerySelector("a[data-load-more]")!.GetAttribute("href")!;
            Assert.StartsWith($"/expenses?show={rows}#e", link, StringComparison.Ordinal);
            var longer = (await owner.Browser.GetAsync(link)).MustBe(200);
            // What a script puts under the rows that are there is just what the longer page has more, and leads on as that does.
            var more = (await owner.Browser.GetAsync(page.Page.QuerySelector("a[data-load-more]")!.GetAttribute("data-load-more")!)).MustBe(200);
            Assert.Equal(Ids(longer), Ids(page).Concat(Ids(more)));
            Assert.Equal(LoadMore(longer), LoadMore(more));
            Assert.Equal(rows, Ids(longer).Length);
            page = longer;
        }
        Assert.Null(page.Page.QuerySelector("a[data-load-more]"));
        Assert.Equal(120, (await owner.WalkAsync(page.Page.QuerySelector("a[rel=next]")!.GetAttribute("href")!, "next")).Sum(rest => rest.Page.QuerySelectorAll("tr[data-id]").Length));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-50")]
    [InlineData("51")]
    [InlineData("99999999999")]
    [InlineData("all")]
    public async Task A_length_that_no_link_asks_for_is_one_page(string show)
    {
        using var owner = await Ledgered.CreateAsync(App, Enumerable.Range(0, 60).Select(i => new ExpenseInput(new Money(100 + i), 1, "Tea", new DateOnly(2024, 11, 1))));
        Assert.Equal(50, (await owner.Browser.GetAsync($"/expenses?show={show}")).MustBe(200).Page.QuerySelectorAll("tr[data-id]").Length);
    }

    private static string[] Ids(Answer page) => [.. page.Page.QuerySelectorAll("tr[data-id]").Select(row => row.Id!)];

    private static (string?, string?)? LoadMore(Answer page) =>
        page.Page.QuerySelector("a[data-load-more]") is { } link ? (link.GetAttribute("href"), link.GetAttribute("data-load-more")) : null;

    private static decimal Amount(string text) => decimal.Parse(text.Trim().TrimStart('$'), System.Globalization.NumberStyles.Number, System.Globalization.CultureInfo.InvariantCulture);
}
