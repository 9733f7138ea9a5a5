using System.Globalization;
using ExpenseIQ.Domain;
using ExpenseIQ.Features.Expenses;
using ExpenseIQ.Tests.Running;

namespace ExpenseIQ.Tests.Features.Expenses;

public sealed class SuggestingDescriptions(SharedApp shared)
{
    private RunningApp App => shared.App;

    [Fact]
    public async Task Has_just_these_members()
    {
        using var owner = await App.OpenAsNewUserAsync();
        await owner.AddExpenseAsync("9.00", "2024-11-04", 2, "Café");
        await owner.AddExpenseAsync("12.50", "2024-11-05", 3, "CAFE");
        await owner.AddExpenseAsync("8.00", "2024-11-03", 2, "cafe");
        var answer = (await owner.GetAsync("/api/descriptions?q=caf")).MustBe(200);
        Assert.Equal("application/json", answer.MediaType);
        Assert.Equal("""[{"description":"CAFE","category_id":2,"amount":12.50}]""", answer.Text);
    }

    [Fact]
    public async Task Those_that_begin_so_come_first_and_the_most_used_of_them_before_the_others()
    {
        using var owner = await WithAsync(("A lunch", 3), ("Lunch", 1), ("Lunch at work", 2), ("Brunch", 5), ("Late lunch", 4), ("Lun", 1), ("Dinner", 9));
        Assert.Equal(["Lunch at work", "Lun", "Lunch", "Late lunch", "A lunch"], await SuggestedAsync(owner, "lun"));
        Assert.Equal(["Lunch at work", "Lunch", "Late lunch", "A lunch"], await SuggestedAsync(owner, "LUNCH "));
        Assert.Equal(["Lunch at work"], await SuggestedAsync(owner, "lunch at"));
        Assert.Empty(await SuggestedAsync(owner, "unch"));
        Assert.Empty(await SuggestedAsync(owner, "lunch home"));
    }

    [Theory]
    [InlineData("cafe u", "Café Übersee")]
    [InlineData("CAFÉ", "Café Übersee")]
    [InlineData("cafe\u0301", "Café Übersee")]
    [InlineData("uber", "Café Übersee")]
    [InlineData("ＣＡＦ", "Café Übersee")]
    [InlineData("1%", null)]
    [InlineData("%", null)]
    [InlineData("100%", "100% off")]
    [InlineData("_", null)]
    [InlineData("snake_", "snake_case")]
    [InlineData("sn_ke", null)]
    [InlineData("\\", null)]
    [InlineData("back\\", "back\\slash")]
    [InlineData("back\\\\", null)]
    [InlineData("*", null)]
    [InlineData("'", null)]
    [InlineData("it's", "it's \"quoted\"")]
    [InlineData("' or 1=1 --", null)]
    [InlineData("🍜", "🍜 Ramen")]
    [InlineData("ramen", "🍜 Ramen")]
    public async Task Letters_count_without_case_and_accents_and_signs_mean_themselves(string typed, string? found)
    {
        using var owner = await WithAsync(
            ("Café Übersee", 1), ("100% off", 1), ("100 off", 1), ("snake_case", 1), ("snakeXcase", 1), ("back\\slash", 1), ("it's \"quoted\"", 1), ("🍜 Ramen", 1), ("x", 1));
        Assert.Equal(found is null ? [] : [found], await SuggestedAsync(owner, typed));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?q=")]
    [InlineData("?q=+")]
    [InlineData("?q=%CC%81")]
    public async Task Nothing_typed_is_answered_by_the_eight_most_used(string query)
    {
        using var owner = await WithAsync([.. Enumerable.Range(1, 10).Select(count => ($"text {count}", count)), ("", 20)]);
        var answer = (await owner.GetAsync("/api/descriptions" + query)).MustBe(200);
        Assert.Equal(Enumerable.Range(0, 8).Select(place => $"text {10 - place}"), Descriptions(answer));
    }

    [Fact]
    public async Task An_expense_without_a_description_suggests_nothing()
    {
        using var owner = await WithAsync(("", 3));
        Assert.Empty(await SuggestedAsync(owner, ""));
        using var newcomer = await App.OpenAsNewUserAsync();
        Assert.Equal("[]", (await newcomer.GetAsync("/api/descriptions")).MustBe(200).Text);
    }

    [Fact]
    public async Task The_category_is_that_of_most_of_the_newest_ten_and_of_two_the_newer()
    {
        // Older rows in category 1, then five each of 2 and 3 by turns, the newest in 3.
        var day = new DateOnly(2024, 11, 1);
        var inputs = Enumerable.Range(0, 40).Select(index => new ExpenseInput(new Money(100 + index), index < 30 ? 1 : 2 + index % 2, "tea", day.AddDays(index)));
        using var person = await Ledgered.CreateAsync(App, inputs);
        var tea = (await person.Browser.GetAsync("/api/descriptions?q=t")).MustBe(200).Json[0];
        Assert.Equal((3, 1.39m), (tea.GetProperty("category_id").GetInt64(), tea.GetProperty("amount").GetDecimal()));
    }

    [Fact]
    public async Task Follows_what_is_changed_and_deleted()
    {
        using var owner = await WithAsync(("Lunch", 1));
        var tag = (await owner.GetAsync("/api/descriptions?q=l")).MustBe(200).Headers["ETag"];
        (await owner.GetAsync("/api/descriptions?q=l", ("If-None-Match", tag))).MustBe(304);
        var row = Assert.Single(await App.ExpensesOfAsync(owner));
        (await owner.PostFormAsync($"/expenses/{row.Id}/edit", ("description", "lunch!"), ("amount", "3"))).MustBe(302);
        var changed = (await owner.GetAsync("/api/descriptions?q=l", ("If-None-Match", tag))).MustBe(200);
        Assert.Equal("""[{"description":"lunch!","category_id":1,"amount":3.00}]""", changed.Text);
        (await owner.PostFormAsync($"/expenses/{row.Id}/delete")).MustBe(302);
        Assert.Empty(await SuggestedAsync(owner, "l"));
    }

    [Fact]
    public async Task Nobody_is_told_what_others_wrote()
    {
        using var owner = await WithAsync(("Lunch", 1));
        using var stranger = await WithAsync(("Lunch with secrets", 3), ("Lunatic", 1), ("LUNCH", 5));
        Assert.Equal(["Lunch"], await SuggestedAsync(owner, "lun"));
        Assert.Equal(["Lunch"], await SuggestedAsync(owner, ""));
    }

    [Fact]
    public async Task Whoever_is_signed_out_gets_a_problem()
    {
        using var stranger = App.Open();
        var answer = (await stranger.GetAsync("/api/descriptions?q=lun")).MustBe(401);
        Assert.Equal("application/problem+json", answer.MediaType);
        Assert.Equal(401, (await stranger.SendAsync(HttpMethod.Head, "/api/descriptions", null)).Status);
    }

    [Fact]
    public async Task Only_reading_verbs_are_answered_and_only_the_person_s_browser_keeps_it()
    {
        using var owner = await WithAsync(("Lunch", 1));
        var head = (await owner.SendAsync(HttpMethod.Head, "/api/descriptions?q=l", null)).MustBe(200);
        Assert.Empty(head.Body);
        Assert.Equal("no-cache, private", head.Headers["Cache-Control"]);
        Assert.Equal("no-cache, private", (await owner.GetAsync("/api/descriptions?q=l")).Headers["Cache-Control"]);
        Assert.Equal("application/problem+json", (await owner.SendAsync(HttpMethod.Post, "/api/descriptions", null)).MustBe(405).MediaType);
    }

    [Fact]
    public async Task Markup_is_text()
    {
        const string markup = "<script>alert(1)</script> & \"quotes\" 'too'";
        using var owner = await WithAsync((markup, 1));
        var answer = (await owner.GetAsync("/api/descriptions?q=%3Cscript")).MustBe(200);
        Assert.DoesNotContain("<", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("&", answer.Text, StringComparison.Ordinal);
        Assert.Equal([markup], Descriptions(answer));
    }

    public static TheoryData<string, int> Lengths => new()
    {
        { new string('x', 255), 200 },
        { new string('x', 256), 400 },
        { string.Concat(Enumerable.Repeat("🍜", 255)), 200 },
        { string.Concat(Enumerable.Repeat("🍜", 256)), 400 },
        { new string('\ufdfa', 255), 200 },
        { "bell\u0007", 400 },
        { "\t", 400 },
        { "next\u0085line", 400 },
        { "\0", 400 },
    };

    [Theory]
    [MemberData(nameof(Lengths), DisableDiscoveryEnumeration = false)]
    public async Task What_cannot_be_a_description_is_a_problem(string typed, int status)
    {
        using var owner = await App.OpenAsNewUserAsync();
        var answer = (await owner.GetAsync("/api/descriptions?q=" + Uri.EscapeDataString(typed))).MustBe(status);
        Assert.Equal(status == 400 ? "application/problem+json" : "application/json", answer.MediaType);
    }

    [Theory]
    [InlineData("q=%ED%A0%80")]
    [InlineData("q=%FF%FE")]
    [InlineData("q=a&q=b")]
    [InlineData("q[]=a&q%5B0%5D=b")]
    public async Task Nothing_in_the_address_is_an_error_of_the_site(string query)
    {
        using var owner = await WithAsync(("Lunch", 1));
        Assert.InRange((await owner.GetAsync("/api/descriptions?" + query)).Status, 200, 499);
    }

    /// <summary>Somebody with expenses of these descriptions, so many of each.</summary>
    private async Task<Browser> WithAsync(params (string Description, int Count)[] texts)
    {
        var inputs = from text in texts
                     from index in Enumerable.Range(0, text.Count)
                     select new ExpenseInput(new Money(100 + index), 1, text.Description, new DateOnly(2024, 11, 1).AddDays(index));
        return (await Ledgered.CreateAsync(App, inputs)).Browser;
    }

    private static async Task<IEnumerable<string?>> SuggestedAsync(Browser browser, string typed) =>
        Descriptions((await browser.GetAsync(string.Create(CultureInfo.InvariantCulture, $"/api/descriptions?q={Uri.EscapeDataString(typed)}"))).MustBe(200));

    private static IEnumerable<string?> Descriptions(Answer answer) =>
        answer.Json.EnumerateArray().Select(each => each.GetProperty("description").GetString());
}
