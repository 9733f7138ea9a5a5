using ExpenseIQ.Tests.Running;

namespace ExpenseIQ.Tests.Features.Expenses;

public sealed class UndoingChanges(SharedApp shared)
{
    private RunningApp App => shared.App;

    [Fact]
    public async Task An_added_expense_is_named_and_can_be_taken_back()
    {
        using var owner = await App.OpenAsNewUserAsync();
        var done = await FollowAsync(owner, await owner.TryAddExpenseAsync(("description", "Tea & <b>cake</b>")));
        Assert.Equal("Added Tea & <b>cake</b>, $12.50", done.TextOf("[data-toast] p"));

        var undone = await UndoAsync(owner, done);
        Assert.Equal("Removed again Tea & <b>cake</b>, $12.50", undone.TextOf("[data-toast] p"));
        Assert.Empty(await App.ExpensesOfAsync(owner));
        Assert.Empty(await App.VerifyAsync());
    }

    [Fact]
    public async Task A_change_and_a_deletion_can_be_undone_to_the_last_detail_and_undoing_can_be_undone()
    {
        using var owner = await App.OpenAsNewUserAsync();
        await owner.AddExpenseAsync("12.50", "2024-11-05");
        var original = Assert.Single(await App.ExpensesOfAsync(owner));
        var edit = $"/expenses/{original.Id}/edit";

        var changed = await FollowAsync(owner, await owner.PostFormAsync(edit, ("amount", "99"), ("category_id", "3"), ("description", "Shoes"), ("date", "2024-12-24")));
        Assert.Equal("Changed Shoes, $99.00", changed.TextOf("[data-toast] p"));
        var reverted = await UndoAsync(owner, changed);
        AssertSame(original, Assert.Single(await App.ExpensesOfAsync(owner)));
        await UndoAsync(owner, reverted);
        Assert.Equal((9900, "Shoes"), Assert.Single(await App.ExpensesOfAsync(owner)) is { } row ? (row.AmountMinor, row.Description) : default);

        var gone = await FollowAsync(owner, await owner.PostFormAsync($"/expenses/{original.Id}/delete"));
        Assert.Equal("Deleted Shoes, $99.00", gone.TextOf("[data-toast] p"));
        Assert.Empty(await App.ExpensesOfAsync(owner));
        var restored = await UndoAsync(owner, gone);
        Assert.Equal("Restored Shoes, $99.00", restored.TextOf("[data-toast] p"));
        var again = Assert.Single(await App.ExpensesOfAsync(owner));
        Assert.Equal((original.Id, 9900, original.CreatedAt), (again.Id, again.AmountMinor, again.CreatedAt));
        await UndoAsync(owner, restored);
        Assert.Empty(await App.ExpensesOfAsync(owner));
        Assert.Empty(await App.VerifyAsync());
    }

    [Fact]
    public async Task What_was_changed_since_is_not_undone()
    {
        using var owner = await App.OpenAsNewUserAsync();
        var added = await FollowAsync(owner, await owner.TryAddExpenseAsync());
        var row = Assert.Single(await App.ExpensesOfAsync(owner));
        var form = Browser.FillFor("/expenses/undo", added);
        (await owner.PostFormAsync($"/expenses/{row.Id}/edit", ("amount", "13"))).MustBe(302);

        var answer = (await owner.PostAsync("/expenses/undo", form)).MustBe(409);
        Assert.Contains("changed or deleted since", answer.Text, StringComparison.Ordinal);
        Assert.Equal(1300, Assert.Single(await App.ExpensesOfAsync(owner)).AmountMinor);
        // The page that still names the change offers no way back any more.
        var seen = (await owner.GetAsync(added.Address.PathAndQuery)).MustBe(200);
        Assert.Null(seen.Page.QuerySelector("form[action='/expenses/undo']"));
    }

    [Fact]
    public async Task Undoing_twice_acts_once()
    {
        using var owner = await App.OpenAsNewUserAsync();
        await owner.AddExpenseAsync("1", "2024-11-05");
        var row = Assert.Single(await App.ExpensesOfAsync(owner));
        var gone = await FollowAsync(owner, await owner.PostFormAsync($"/expenses/{row.Id}/delete"));
        var form = Browser.FillFor("/expenses/undo", gone);
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => owner.PostAsync("/expenses/undo", form)));
        Assert.All(answers, answer => answer.MustBe(302));
        Assert.Single(await App.ExpensesOfAsync(owner));
        Assert.Empty(await App.VerifyAsync());
    }

    [Fact]
    public async Task Nobody_else_can_undo_or_see_it()
    {
        using var owner = await App.OpenAsNewUserAsync();
        using var stranger = await App.OpenAsNewUserAsync();
        var added = await FollowAsync(owner, await owner.TryAddExpenseAsync(("description", "Secret")));
        var own = await FollowAsync(stranger, await stranger.TryAddExpenseAsync());

        var foreign = (await stranger.GetAsync(added.Address.PathAndQuery)).MustBe(200);
        Assert.DoesNotContain("Secret", foreign.Text, StringComparison.Ordinal);
        var form = Browser.FillFor("/expenses/undo", own, ("done", Browser.FillFor("/expenses/undo", added)["done"]));
        (await stranger.PostAsync("/expenses/undo", form)).MustBe(404);
        Assert.Single(await App.ExpensesOfAsync(owner));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("ключ")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    public async Task A_key_that_nothing_was_done_under_shows_and_undoes_nothing(string key)
    {
        using var owner = await App.OpenAsNewUserAsync();
        var added = await FollowAsync(owner, await owner.TryAddExpenseAsync());
        Assert.Null((await owner.GetAsync($"/expenses?done={key}")).MustBe(200).Page.QuerySelector("[data-toast]"));
        (await owner.PostAsync("/expenses/undo", Browser.FillFor("/expenses/undo", added, ("done", key)))).MustBe(404);
    }

    [Theory]
    [InlineData("/expenses?search=lunch&category_id=1", "/expenses?search=lunch&category_id=1")]
    [InlineData("/dashboard?month=2024-11", "/dashboard?month=2024-11")]
    [InlineData("https://evil.example/expenses", "/expenses")]
    [InlineData("//evil.example/expenses", "/expenses")]
    [InlineData("/expenses/1/delete", "/expenses")]
    [InlineData("/logout", "/expenses")]
    public async Task Saving_leads_back_to_the_list_as_it_was_and_nowhere_else(string back, string expected)
    {
        using var owner = await App.OpenAsNewUserAsync();
        var answer = (await owner.TryAddExpenseAsync(("back", back))).MustBe(302);
        Assert.StartsWith(expected + (expected.Contains('?', StringComparison.Ordinal) ? "&done=" : "?done="), answer.Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_form_knows_where_it_was_opened()
    {
        using var owner = await App.OpenAsNewUserAsync();
        var site = new Uri((await owner.GetAsync("/expenses")).Address, "/").ToString();
        Assert.Equal("/expenses?search=tea", (await owner.GetAsync("/expenses/add", ("Referer", $"{site}expenses?search=tea"))).Value("back"));
        Assert.Equal("/expenses", (await owner.GetAsync("/expenses/add", ("Referer", "https://elsewhere.example/expenses?search=tea"))).Value("back"));
    }

    [Fact]
    public async Task Another_expense_after_it_keeps_the_day()
    {
        using var owner = await App.OpenAsNewUserAsync();
        var next = await FollowAsync(owner, await owner.TryAddExpenseAsync(("date", "2024-02-29"), ("again", "1"), ("back", "/dashboard")));
        Assert.Equal("/expenses/add", next.Address.AbsolutePath);
        Assert.Equal(("2024-02-29", "", "/dashboard"), (next.Value("date"), next.Value("amount"), next.Value("back")));
        Assert.Equal("Added Lunch, $12.50", next.TextOf("[data-toast] p"));
    }

    private static async Task<Answer> FollowAsync(Browser browser, Answer answer) =>
        (await browser.GetAsync(answer.MustBe(302).Location!)).MustBe(200);

    private static async Task<Answer> UndoAsync(Browser browser, Answer page) =>
        await FollowAsync(browser, await browser.PostAsync("/expenses/undo", Browser.FillFor("/expenses/undo", page)));

    private static void AssertSame(ExpenseRow expected, ExpenseRow actual) =>
        Assert.Equal(expected with { Version = actual.Version, UpdatedAt = actual.UpdatedAt }, actual);
}
