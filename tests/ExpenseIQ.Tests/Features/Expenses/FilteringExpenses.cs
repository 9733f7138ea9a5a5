using System.Globalization;
using CsCheck;
using ExpenseIQ.Database.Tables;
using ExpenseIQ.Domain;
using ExpenseIQ.Features.Expenses;
using ExpenseIQ.Tests.Running;

namespace ExpenseIQ.Tests.Features.Expenses;

public sealed class FilteringExpenses(SharedApp shared, FilteredPerson filtered) : IClassFixture<FilteredPerson>
{
    private static readonly CultureInfo EnUs = CultureInfo.GetCultureInfo("en-US");

    private RunningApp App => shared.App;

    [Theory]
    [InlineData("", "")]
    [InlineData("date_from=2024-03-01", "from")]
    [InlineData("date_to=2024-03-01", "to")]
    [InlineData("date_from=2024-02-10&date_to=2024-05-20", "broken months")]
    [InlineData("date_from=2024-02-01&date_to=2024-04-30", "whole months")]
    [InlineData("date_from=2024-02-29&date_to=2024-02-29", "a day")]
    [InlineData("date_from=2024-03-02&date_to=2024-04-29&category_id=2", "days and a category")]
    [InlineData("date_from=2024-01-31&date_to=2024-03-01&category_id=1&category_id=3", "nearly two months and categories")]
    [InlineData("category_id=1", "a category")]
    [InlineData("category_id=1&category_id=2&category_id=1&category_id=", "categories")]
    [InlineData("category_id=424242", "nobody's category")]
    [InlineData("amount_min=10", "least")]
    [InlineData("amount_max=10", "most")]
    [InlineData("amount_min=10&amount_max=10", "exactly")]
    [InlineData("amount_min=0&amount_max=9,999,999,999.99", "all amounts")]
    [InlineData("search=lunch", "a word")]
    [InlineData("search=LUNCH", "in capitals")]
    [InlineData("search=work+lunch", "words in any order")]
    [InlineData("search=cafe", "without accents")]
    [InlineData("search=CAF%C3%89+%C3%BCber", "with accents")]
    [InlineData("search=%25", "a percent sign")]
    [InlineData("search=_", "an underscore")]
    [InlineData("search=e_c", "an underscore between")]
    [InlineData("search=%5C", "a backslash")]
    [InlineData("search=~", "a tilde")]
    [InlineData("search='", "an apostrophe")]
    [InlineData("search=%22", "a quote")]
    [InlineData("search=%F0%9F%8D%9C", "an emoji")]
    [InlineData("search=%5Ba-z%5D", "brackets")]
    [InlineData("search=*", "an asterisk")]
    [InlineData("search=nothing+of+that+kind", "nothing")]
    [InlineData("search=%27%20or%201=1--", "SQL")]
    [InlineData("search=lunch&category_id=1&amount_min=5&date_from=2024-02-01&date_to=2024-12-31", "all at once")]
    public async Task Selects_what_a_plain_look_at_all_rows_does(string query, string what)
    {
        var person = filtered.Person;
        foreach (var sort in new[] { "", "amount_asc" })
        {
            var expected = InOrder(person.Rows.Where(row => Matches(row, Parse(query))), sort).ToList();
            var pages = await person.WalkAsync($"/expenses?{query}{(sort.Length > 0 ? "&sort=" + sort : "")}", "next");
            Assert.True(expected.Select(row => row.Id).SequenceEqual(pages.SelectMany(Ledgered.Ids)), $"{what}, {sort}: other rows, or in another order");
            Assert.All(pages, page => Assert.Equal((Count(expected), Total(expected)), (page.TextOf("#count"), page.TextOf("#total"))));
        }
        var csv = (await person.Browser.GetAsync($"/expenses/export/csv?{query}")).MustBe(200);
        Assert.Equal(
            InOrder(person.Rows.Where(row => Matches(row, Parse(query))), "").Select(row => row.Id.ToString(CultureInfo.InvariantCulture)),
            CsvText.Rows(csv.Text).Skip(1).Select(row => row[0]));
    }

    [Fact]
    public async Task Any_filters_together_select_what_a_plain_look_does()
    {
        var person = filtered.Person;
        var day = Gen.Int[0, 500].Select(days => new DateOnly(2023, 10, 1).AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        var optionalDay = Gen.OneOf(Gen.Const(""), day);
        var amount = Gen.OneOf(Gen.Const(""), Gen.Int[0, 3000].Select(minor => (minor / 100m).ToString(CultureInfo.InvariantCulture)));
        var search = Gen.OneOf(Gen.Const(""), Gen.Int[0, FilteredPerson.Texts.Count - 1].Select(index => FilteredPerson.Texts[index].Length > 3 ? FilteredPerson.Texts[index][1..4].Trim() : FilteredPerson.Texts[index]));
        var categories = Gen.Int[1, 7].Array[0, 3].Select(ids => string.Concat(ids.Select(id => $"&category_id={id}")));
        await Gen.Select(optionalDay, optionalDay, amount, amount, search, categories).SampleAsync(
            async (from, to, least, most, words, ids) =>
            {
                if (from.Length > 0 && to.Length > 0 && string.CompareOrdinal(from, to) > 0) (from, to) = (to, from);
                if (least.Length > 0 && most.Length > 0 && decimal.Parse(least, EnUs) > decimal.Parse(most, EnUs)) (least, most) = (most, least);
                var query = $"date_from={from}&date_to={to}&amount_min={least}&amount_max={most}&search={Uri.EscapeDataString(words)}{ids}";
                var expected = InOrder(person.Rows.Where(row => Matches(row, Parse(query))), "").ToList();
                var page = (await person.Browser.GetAsync($"/expenses?{query}")).MustBe(200);
                Assert.Equal((Count(expected), Total(expected)), (page.TextOf("#count"), page.TextOf("#total")));
                Assert.Equal(expected.Take(50).Select(row => row.Id), Ledgered.Ids(page));
            },
            iter: 60,
            threads: 1);
    }

    [Theory]
    [InlineData("date_desc")]
    [InlineData("date_asc")]
    [InlineData("amount_desc")]
    [InlineData("amount_asc")]
    public async Task Pages_forward_and_back_show_each_row_once_and_in_order(string sort)
    {
        // Few days and few amounts, so that many rows are equal in what they are sorted by.
        var inputs = Enumerable.Range(0, 230).Select(index =>
            new ExpenseInput(new Money(100 + index * 7 % 4), 1, "", new DateOnly(2024, 11, 1 + index * 13 % 3)));
        using var person = await Ledgered.CreateAsync(App, inputs);
        var expected = InOrder(person.Rows, sort).Select(row => row.Id).ToList();

        var forward = await person.WalkAsync($"/expenses?sort={sort}", "next");
        Assert.Equal(expected, forward.SelectMany(Ledgered.Ids));
        Assert.Equal(5, forward.Count);
        Assert.Null(forward[0].Page.QuerySelector("a[rel='prev']"));
        Assert.Null(forward[^1].Page.QuerySelector("a[rel='next']"));

        var back = await person.WalkAsync(forward[^1].Address.PathAndQuery, "prev");
        Assert.Equal(expected, back.AsEnumerable().Reverse().SelectMany(Ledgered.Ids));
        Assert.All([.. forward, .. back], page => Assert.Equal("230", page.TextOf("#count")));
    }

    [Fact]
    public async Task A_row_that_comes_in_between_moves_nothing()
    {
        var inputs = Enumerable.Range(0, 60).Select(index => new ExpenseInput(new Money(100), 1, "", new DateOnly(2024, 11, 1)));
        using var person = await Ledgered.CreateAsync(App, inputs);
        var first = await person.Browser.GetAsync("/expenses");
        await person.Browser.AddExpenseAsync("5", "2024-12-01");
        var second = await person.Browser.GetAsync(first.Page.QuerySelector("a[rel='next']")!.GetAttribute("href")!);
        Assert.Equal(InOrder(person.Rows, "").Select(row => row.Id), [.. Ledgered.Ids(first), .. Ledgered.Ids(second)]);
    }

    [Fact]
    public async Task Exactly_one_page_has_no_second()
    {
        var inputs = Enumerable.Range(0, 50).Select(index => new ExpenseInput(new Money(100), 1, "", new DateOnly(2024, 11, 1)));
        using var person = await Ledgered.CreateAsync(App, inputs);
        Assert.Single(await person.WalkAsync("/expenses", "next"));
    }

    [Theory]
    [InlineData("date_from", "2025-02-30", "date_from")]
    [InlineData("search", "\u0301", "search")]
    [InlineData("date_from", "yesterday", "date_from")]
    [InlineData("date_from", "0000-00-00", "date_from")]
    [InlineData("date_from", "2200-01-01", "date_from")]
    [InlineData("date_from", "<script>", "date_from")]
    [InlineData("date_to", "1899-12-31", "date_to")]
    [InlineData("date_to", "9999-99-99", "date_to")]
    [InlineData("date_to", "🍜", "date_to")]
    [InlineData("category_id", "abc", "category_id")]
    [InlineData("category_id", "-1", "category_id")]
    [InlineData("category_id", "1.5", "category_id")]
    [InlineData("category_id", "1 or 1=1", "category_id")]
    [InlineData("category_id", "99999999999999999999", "category_id")]
    [InlineData("amount_min", "abc", "amount_min")]
    [InlineData("amount_min", "NaN", "amount_min")]
    [InlineData("amount_min", "1e400", "amount_min")]
    [InlineData("amount_min", "-1", "amount_min")]
    [InlineData("amount_min", "12.345", "amount_min")]
    [InlineData("amount_max", "99999999999999999999", "amount_max")]
    [InlineData("amount_max", "'", "amount_max")]
    [InlineData("sort", "newest", "sort")]
    [InlineData("sort", "date_desc; drop table expenses", "sort")]
    [InlineData("sort", "0", "sort")]
    [InlineData("search", "bell\u0007", "search")]
    [InlineData("after", "abc", "")]
    [InlineData("after", "20241105", "")]
    [InlineData("after", "20241105_", "")]
    [InlineData("after", "20241105_x", "")]
    [InlineData("after", "20241399_1", "")]
    [InlineData("after", "20241105_99999999999999999999", "")]
    [InlineData("after", "_1", "")]
    [InlineData("before", "x_1", "")]
    [InlineData("before", "20241105_-1", "")]
    public async Task What_cannot_be_read_is_named_and_kept(string name, string text, string field)
    {
        using var browser = await App.OpenAsNewUserAsync();
        var answer = await browser.GetAsync($"/expenses?{name}={Uri.EscapeDataString(text)}");
        Assert.Equal(400, answer.Status);
        Assert.NotNull(field.Length > 0 ? answer.Error(field) : answer.Alert);
        if (name is not ("category_id" or "sort") && field.Length > 0) Assert.Equal(text, answer.Value(name));
        var csv = await browser.GetAsync($"/expenses/export/csv?{name}={Uri.EscapeDataString(text)}");
        if (field.Length > 0) Assert.StartsWith("/expenses?", csv.MustBe(302).Location, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("date_from=2024-12-01&date_to=2024-11-01", "date_to")]
    [InlineData("amount_min=10&amount_max=9.99", "amount_max")]
    public async Task Ranges_have_their_ends_in_order(string query, string field)
    {
        using var browser = await App.OpenAsNewUserAsync();
        var answer = await browser.GetAsync($"/expenses?{query}");
        Assert.Equal(400, answer.Status);
        Assert.NotNull(answer.Error(field));
    }

    [Fact]
    public async Task What_can_be_read_is_kept_beside_what_cannot()
    {
        using var browser = await App.OpenAsNewUserAsync();
        var answer = await browser.GetAsync("/expenses?date_from=2024-01-01&date_to=x&search=tea&amount_min=1.50&category_id=2&category_id=4&sort=amount_asc");
        Assert.Equal(400, answer.Status);
        Assert.Equal(("2024-01-01", "x", "tea", "1.50", "amount_asc"), (answer.Value("date_from"), answer.Value("date_to"), answer.Value("search"), answer.Value("amount_min"), answer.Value("sort")));
        Assert.Equal(["2", "4"], answer.Values("category_id"));
    }

    [Theory]
    [InlineData("search=%00")]
    [InlineData("search=%ED%A0%80")]
    [InlineData("search=%FF%FE")]
    [InlineData("%00=1&=&&==&?")]
    [InlineData("category_id[]=1&category_id%5B0%5D=1")]
    [InlineData("date_from=&date_to=&category_id=&search=&amount_min=&amount_max=&sort=")]
    [InlineData("date_from=2024-01-01&date_from=x")]
    [InlineData("after=20241105_1&before=20241105_1")]
    [InlineData("after=20241105_1&sort=amount_asc")]
    [InlineData("after=-999999999999999999_1&sort=amount_asc")]
    [InlineData("after=19000101_0")]
    [InlineData("before=21991231_9223372036854775807")]
    [InlineData("page=-1&offset=99999999999999999999&limit=x&id=5&user_id=1")]
    public async Task Nothing_in_the_address_is_ever_an_error_of_the_site(string query)
    {
        using var browser = await App.OpenAsNewUserAsync();
        await browser.AddExpenseAsync("5", "2024-11-05");
        foreach (var path in new[] { "/expenses", "/expenses/export/csv", "/dashboard", "/api/analytics", "/expenses/add", "/login", "/register", "/" })
            Assert.InRange((await browser.GetAsync($"{path}?{query}")).Status, 200, 499);
    }

    [Fact]
    public async Task Two_hundred_categories_can_be_asked_for_and_more_are_refused()
    {
        using var browser = await App.OpenAsNewUserAsync();
        Assert.Equal(200, (await browser.GetAsync("/expenses?" + string.Join('&', Enumerable.Range(1, 200).Select(id => $"category_id={id}")))).Status);
        Assert.Equal(400, (await browser.GetAsync("/expenses?" + string.Join('&', Enumerable.Range(1, 201).Select(id => $"category_id={id}")))).Status);
    }

    [Fact]
    public async Task A_search_has_a_longest_length()
    {
        using var browser = await App.OpenAsNewUserAsync();
        Assert.Equal(200, (await browser.GetAsync("/expenses?search=" + new string('x', 255))).Status);
        Assert.Equal(400, (await browser.GetAsync("/expenses?search=" + new string('x', 256))).Status);
    }

    [Fact]
    public async Task Amounts_are_read_as_the_person_writes_them()
    {
        using var person = await Ledgered.CreateAsync(
            App, [new ExpenseInput(new Money(123450), 1, "", new DateOnly(2024, 11, 5)), new ExpenseInput(new Money(123), 1, "", new DateOnly(2024, 11, 5))], "de-DE");
        Assert.Equal("1", (await person.Browser.GetAsync("/expenses?amount_min=1.234,50")).TextOf("#count"));
        Assert.Equal("1", (await person.Browser.GetAsync("/expenses?amount_max=1,23")).TextOf("#count"));
    }

    private static ILookup<string, string> Parse(string query) =>
        query.Split('&').Select(part => part.Split('=', 2)).Where(part => part is [_, { Length: > 0 }])
            .ToLookup(part => part[0], part => Uri.UnescapeDataString(part[1].Replace('+', ' ')));

    /// <summary>The filters said again, without the program's own code.</summary>
    private static bool Matches(ExpenseRow row, ILookup<string, string> query)
    {
        var date = row.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var compare = CultureInfo.InvariantCulture.CompareInfo;
        return query["date_from"].All(from => string.CompareOrdinal(date, from) >= 0)
            && query["date_to"].All(to => string.CompareOrdinal(date, to) <= 0)
            && (!query["category_id"].Any() || query["category_id"].Contains(row.CategoryId.ToString(CultureInfo.InvariantCulture)))
            && query["amount_min"].All(least => row.AmountMinor >= decimal.Parse(least, EnUs) * 100)
            && query["amount_max"].All(most => row.AmountMinor <= decimal.Parse(most, EnUs) * 100)
            && query["search"].SelectMany(text => text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .All(word => compare.IndexOf(row.Description.ToLowerInvariant(), word.ToLowerInvariant(), word.Any(char.IsAsciiLetter) ? CompareOptions.IgnoreNonSpace : CompareOptions.Ordinal) >= 0);
    }

    private static IEnumerable<ExpenseRow> InOrder(IEnumerable<ExpenseRow> rows, string sort) => sort switch
    {
        "date_asc" => rows.OrderBy(row => row.Date).ThenBy(row => row.Id),
        "amount_desc" => rows.OrderByDescending(row => row.AmountMinor).ThenByDescending(row => row.Id),
        "amount_asc" => rows.OrderBy(row => row.AmountMinor).ThenBy(row => row.Id),
        _ => rows.OrderByDescending(row => row.Date).ThenByDescending(row => row.Id),
    };

    private static string Count(List<ExpenseRow> rows) => rows.Count.ToString("N0", EnUs);

    private static string Total(List<ExpenseRow> rows) => (rows.Sum(row => row.AmountMinor) / 100m).ToString("C", EnUs);
}
