using ExpenseIQ.Tests.Running;

namespace ExpenseIQ.Tests.Features.Expenses;

/// <summary>The form's amount may be a sum; what it comes to is stored, what was typed is what the form keeps.</summary>
public sealed class AddingSums(SharedApp shared)
{
    private RunningApp App => shared.App;

    [Theory]
    [InlineData("en-US", "12+3.50", 1550, "$15.50")]
    [InlineData("en-US", "3 × 4.20", 1260, "$12.60")]
    [InlineData("de-DE", "1.234,50+2", 123650, "1.236,50 €")]
    public async Task What_it_comes_to_is_stored_and_listed(string language, string typed, long minor, string shown)
    {
        using var owner = await App.OpenAsNewUserAsync(language);
        await owner.AddExpenseAsync(typed, "2024-11-05");
        var row = Assert.Single(await App.ExpensesOfAsync(owner));
        Assert.Equal(minor, row.AmountMinor);
        Assert.Equal(shown, (await owner.GetAsync("/expenses")).TextOf($"tr[data-id='{row.Id}'] .amount").Replace('\u00a0', ' '));
    }

    [Theory]
    [InlineData("10/3", "This comes to more than two decimals; nothing is rounded for you.")]
    [InlineData("12.345", "An amount has at most two decimals; nothing is rounded for you.")]
    [InlineData("5 - 5", "at least 0.01")]
    [InlineData("5 - 7", "at least 0.01")]
    [InlineData("9999999999 + 1", "at most")]
    [InlineData("1/0", "not an amount")]
    [InlineData("12 + <b>3</b>", "not an amount")]
    [InlineData("(5)", "not an amount")]
    public async Task What_cannot_be_stored_is_named_and_stands_as_it_was_typed(string typed, string message)
    {
        using var owner = await App.OpenAsNewUserAsync();
        var answer = (await owner.TryAddExpenseAsync(("amount", typed))).MustBe(422);
        Assert.Contains(message, answer.Error("amount"), StringComparison.Ordinal);
        Assert.Equal(typed, answer.Value("amount"));
        Assert.Empty(await App.ExpensesOfAsync(owner));
    }

    [Fact]
    public async Task A_good_sum_beside_a_bad_field_stands_as_it_was_typed()
    {
        using var owner = await App.OpenAsNewUserAsync();
        var answer = (await owner.TryAddExpenseAsync(("amount", "12 + 3,50"), ("date", "tomorrow"))).MustBe(422);
        Assert.Null(answer.Error("amount"));
        Assert.Equal("12 + 3,50", answer.Value("amount"));
    }

    [Fact]
    public async Task The_same_form_sent_twice_adds_once_and_changed_adds_again()
    {
        using var owner = await App.OpenAsNewUserAsync();
        var form = Browser.Fill(await owner.GetAsync("/expenses/add"), ("amount", "12+3.50"), ("category_id", "1"), ("date", "2024-11-05"));
        (await owner.PostAsync("/expenses/add", form)).MustBe(302);
        (await owner.PostAsync("/expenses/add", form)).MustBe(302);
        Assert.Equal([1550], (await App.ExpensesOfAsync(owner)).Select(row => row.AmountMinor));
        form["amount"] = "12+4.50";
        (await owner.PostAsync("/expenses/add", form)).MustBe(302);
        Assert.Equal([1550, 1650], (await App.ExpensesOfAsync(owner)).Select(row => row.AmountMinor));
    }

    [Fact]
    public async Task An_expense_is_edited_by_a_sum_too()
    {
        using var owner = await App.OpenAsNewUserAsync();
        await owner.AddExpenseAsync("12.50", "2024-11-05");
        var row = Assert.Single(await App.ExpensesOfAsync(owner));
        (await owner.PostFormAsync($"/expenses/{row.Id}/edit", ("amount", "12.50/2"))).MustBe(302);
        Assert.Equal("6.25", (await owner.GetAsync($"/expenses/{row.Id}/edit")).Value("amount"));
        Assert.Empty(await App.VerifyAsync());
    }

    [Fact]
    public async Task A_filter_is_a_plain_amount()
    {
        using var owner = await App.OpenAsNewUserAsync();
        Assert.NotNull((await owner.GetAsync("/expenses?amount_min=1%2B2")).MustBe(400).Error("amount_min"));
    }
}
