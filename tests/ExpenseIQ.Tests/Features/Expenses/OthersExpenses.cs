using ExpenseIQ.Tests.Running;

namespace ExpenseIQ.Tests.Features.Expenses;

/// <summary>An owner, another with rows of its own, and a stranger: each sees only what is their own.</summary>
public sealed class OthersExpenses(SharedApp shared)
{
    private RunningApp App => shared.App;

    public static TheoryData<string, string> Ways => new()
    {
        { "GET", "edit" }, { "POST", "edit" }, { "HEAD", "edit" },
        { "GET", "delete" }, { "POST", "delete" }, { "HEAD", "delete" },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_stranger_s_expense_is_not_there(string verb, string action)
    {
        using var owner = await App.OpenAsNewUserAsync();
        using var another = await App.OpenAsNewUserAsync();
        using var stranger = await App.OpenAsNewUserAsync();
        await owner.AddExpenseAsync("12.50", "2024-11-05", description: "Secret dinner");
        await another.AddExpenseAsync("7.00", "2024-11-05");
        var row = Assert.Single(await App.ExpensesOfAsync(owner));
        var own = Assert.Single(await App.ExpensesOfAsync(another));

        foreach (var browser in new[] { another, stranger })
        {
            var theirs = await AskAsync(browser, verb, $"/expenses/{row.Id}/{action}");
            var nobodys = await AskAsync(browser, verb, $"/expenses/987654321/{action}");
            Assert.Equal(404, theirs.Status);
            Assert.Equal(404, nobodys.Status);
            Assert.DoesNotContain("Secret dinner", theirs.Text, StringComparison.Ordinal);
        }
        Assert.Equal(row, Assert.Single(await App.ExpensesOfAsync(owner)));
        Assert.Equal(own, Assert.Single(await App.ExpensesOfAsync(another)));
    }

    [Fact]
    public async Task Bad_input_for_a_stranger_s_expense_is_still_not_there()
    {
        using var owner = await App.OpenAsNewUserAsync();
        using var stranger = await App.OpenAsNewUserAsync();
        await owner.AddExpenseAsync("12.50", "2024-11-05", description: "Secret dinner");
        var row = Assert.Single(await App.ExpensesOfAsync(owner));
        var form = Browser.Fill(await stranger.GetAsync("/expenses/add"), ("amount", "nonsense"), ("version", "7"));
        var answer = (await stranger.PostAsync($"/expenses/{row.Id}/edit", form)).MustBe(404);
        Assert.Equal("nonsense", answer.Value("amount"));
        Assert.DoesNotContain("Secret dinner", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_export_and_analytics_show_nobody_else_s()
    {
        using var owner = await App.OpenAsNewUserAsync();
        using var another = await App.OpenAsNewUserAsync();
        using var stranger = await App.OpenAsNewUserAsync();
        await owner.AddExpenseAsync("12.50", "2024-11-05", description: "Secret dinner");
        await another.AddExpenseAsync("7.00", "2024-11-05", description: "Own tea");
        var category = await App.AddOwnCategoryAsync(owner, "Model trains");
        foreach (var path in new[] { "/expenses", $"/expenses?category_id={category}&category_id=1", "/expenses/export/csv", "/dashboard?month=2024-11", "/api/analytics?month=2024-11", "/expenses/add" })
        {
            foreach (var browser in new[] { another, stranger })
            {
                var answer = (await browser.GetAsync(path)).MustBe(200);
                Assert.DoesNotContain("Secret dinner", answer.Text, StringComparison.Ordinal);
                Assert.DoesNotContain("Model trains", answer.Text, StringComparison.Ordinal);
            }
        }
        Assert.Equal("0", (await stranger.GetAsync("/expenses")).TextOf("#count"));
        Assert.Equal("1", (await another.GetAsync("/expenses")).TextOf("#count"));
        Assert.Equal(7m, (await another.AnalyticsAsync("2024-11")).Json.GetProperty("month_total").GetDecimal());
    }

    [Theory]
    [InlineData("/expenses/abc/edit")]
    [InlineData("/expenses/1.5/edit")]
    [InlineData("/expenses/-1/edit")]
    [InlineData("/expenses/0/edit")]
    [InlineData("/expenses/9223372036854775807/edit")]
    [InlineData("/expenses/9223372036854775808/edit")]
    [InlineData("/expenses/99999999999999999999999/delete")]
    [InlineData("/expenses/%00/edit")]
    [InlineData("/expenses/1%20or%201=1/delete")]
    [InlineData("/expenses/٣/edit")]
    public async Task An_id_that_is_none_is_not_there(string path)
    {
        using var stranger = await App.OpenAsNewUserAsync();
        var answer = await stranger.GetAsync(path);
        Assert.Contains(answer.Status, new[] { 404, 400 });
    }

    private static async Task<Answer> AskAsync(Browser browser, string verb, string path)
    {
        if (verb == "GET") return await browser.GetAsync(path);
        if (verb == "HEAD") return await browser.SendAsync(HttpMethod.Head, path, null);
        var form = Browser.Fill(await browser.GetAsync("/expenses/add"), ("amount", "1"), ("category_id", "1"), ("description", "taken over"), ("date", "2024-11-05"), ("version", "1"));
        return await browser.PostAsync(path, form);
    }
}
