using ExpenseIQ.Tests.Running;

namespace ExpenseIQ.Tests.Features.Expenses;

public sealed class SampleExpenses(SharedApp shared)
{
    private RunningApp App => shared.App;

    [Fact]
    public async Task Fill_an_empty_account_say_what_they_are_and_leave_without_a_trace()
    {
        using var owner = await App.OpenAsNewUserAsync();
        Assert.NotNull((await owner.GetAsync("/dashboard")).Page.QuerySelector("a[href='/expenses/samples']"));
        Assert.NotNull((await owner.GetAsync("/expenses")).Page.QuerySelector("a[href='/expenses/samples']"));
        (await owner.PostFormAsync("/expenses/samples")).MustBe(302);
        (await owner.PostFormAsync("/expenses/samples")).MustBe(302); // sent twice
        Assert.Equal(640, (await App.ExpensesOfAsync(owner)).Count);
        Assert.Contains("These are sample expenses", (await owner.GetAsync("/expenses")).Text, StringComparison.Ordinal);
        Assert.Empty(await App.VerifyAsync());

        await owner.AddExpenseAsync("12.50", "2024-11-05", description: "My own");
        (await owner.PostFormAsync("/expenses/samples/remove")).MustBe(302);
        Assert.Equal("My own", Assert.Single(await App.ExpensesOfAsync(owner)).Description);
        Assert.DoesNotContain("sample expenses", (await owner.GetAsync("/dashboard")).Text, StringComparison.Ordinal);
        Assert.Empty(await App.VerifyAsync());
        (await owner.PostFormAsync("/expenses/samples/remove")).MustBe(302);
        Assert.Single(await App.ExpensesOfAsync(owner));
    }

    [Fact]
    public async Task Are_not_mixed_into_what_is_there()
    {
        using var owner = await App.OpenAsNewUserAsync();
        await owner.AddExpenseAsync("12.50", "2024-11-05");
        var answer = (await owner.PostFormAsync("/expenses/samples")).MustBe(409);
        Assert.Contains("Nothing was added", answer.Alert, StringComparison.Ordinal);
        Assert.Single(await App.ExpensesOfAsync(owner));
    }

    [Fact]
    public async Task Any_other_path_beside_them_is_not_there()
    {
        using var owner = await App.OpenAsNewUserAsync();
        (await owner.GetAsync("/expenses/samples/add")).MustBe(404);
    }
}
