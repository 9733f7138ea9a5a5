using System.Globalization;
using ExpenseIQ.Database.Tables;
using ExpenseIQ.Tests.Running;

namespace ExpenseIQ.Tests.Features.Expenses;

public sealed class EditingExpenses(SharedApp shared)
{
    private RunningApp App => shared.App;

    [Fact]
    public async Task What_is_stored_is_in_the_form_and_what_is_typed_is_stored()
    {
        using var owner = await App.OpenAsNewUserAsync();
        var row = await AddAsync(owner);
        var path = $"/expenses/{row.Id}/edit";
        var form = await owner.GetAsync(path);
        Assert.Equal(("12.50", "1", "Lunch", "2024-11-05"), (form.Value("amount"), form.Value("category_id"), form.Value("description"), form.Value("date")));

        (await owner.PostAsync(path, Browser.Fill(form, ("amount", "7.05"), ("category_id", "4"), ("description", "Café"), ("date", "2023-01-31")))).MustBe(302);
        var changed = Assert.Single(await App.ExpensesOfAsync(owner));
        Assert.Equal(
            row with { AmountMinor = 705, CategoryId = 4, Description = "Café", Date = new DateOnly(2023, 1, 31), Version = 2, UpdatedAt = changed.UpdatedAt },
            changed);
        Assert.True(changed.UpdatedAt >= row.UpdatedAt);
        Assert.Empty(await App.VerifyAsync());
    }

    [Theory]
    [MemberData(nameof(AddingExpenses.BadInput), MemberType = typeof(AddingExpenses), DisableDiscoveryEnumeration = false)]
    public async Task What_cannot_be_stored_is_named_at_its_field_and_changes_nothing(string field, string text, string message)
    {
        using var owner = await App.OpenAsNewUserAsync();
        var row = await AddAsync(owner);
        var answer = await owner.PostFormAsync($"/expenses/{row.Id}/edit", ("amount", "99"), ("description", "kept"), (field, text));
        Assert.Equal(422, answer.Status);
        Assert.Contains(message, answer.Error(field), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(row, Assert.Single(await App.ExpensesOfAsync(owner)));
        if (field != "category_id") Assert.Equal(text.Trim(), answer.Value(field));
        if (field != "amount") Assert.Equal("99", answer.Value("amount"));
        if (field != "description") Assert.Equal("kept", answer.Value("description"));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("-1")]
    [InlineData("99999999999999999999")]
    public async Task A_version_that_is_none_changes_nothing(string version)
    {
        using var owner = await App.OpenAsNewUserAsync();
        var row = await AddAsync(owner);
        var answer = await owner.PostFormAsync($"/expenses/{row.Id}/edit", ("amount", "99"), ("version", version));
        Assert.Equal(422, answer.Status);
        Assert.NotNull(answer.Alert);
        Assert.Equal("99", answer.Value("amount"));
        Assert.Equal(row, Assert.Single(await App.ExpensesOfAsync(owner)));
    }

    [Fact]
    public async Task Whoever_saves_second_sees_both_and_loses_nothing()
    {
        using var owner = await App.OpenAsNewUserAsync();
        var row = await AddAsync(owner);
        var path = $"/expenses/{row.Id}/edit";
        var slow = Browser.Fill(await owner.GetAsync(path), ("amount", "33.33"), ("category_id", "5"), ("description", "Mine"), ("date", "2024-10-01"));
        (await owner.PostFormAsync(path, ("amount", "44.44"), ("category_id", "6"), ("description", "Theirs"), ("date", "2024-09-09"))).MustBe(302);

        var conflict = (await owner.PostAsync(path, slow)).MustBe(409);

        Assert.NotNull(conflict.Alert);
        Assert.Equal(("33.33", "5", "Mine", "2024-10-01"), (conflict.Value("amount"), conflict.Value("category_id"), conflict.Value("description"), conflict.Value("date")));
        var shown = conflict.TextOf("#conflict");
        Assert.All(["33.33", "44.44", "Health", "Others", "Mine", "Theirs", "Oct 1, 2024", "Sep 9, 2024"], text => Assert.Contains(text, shown, StringComparison.Ordinal));
        Assert.Equal("Theirs", Assert.Single(await App.ExpensesOfAsync(owner)).Description);

        (await owner.PostAsync(path, Browser.Fill(conflict))).MustBe(302);
        var saved = Assert.Single(await App.ExpensesOfAsync(owner));
        Assert.Equal((3333L, 5L, "Mine", new DateOnly(2024, 10, 1), 3), (saved.AmountMinor, saved.CategoryId, saved.Description, saved.Date, saved.Version));
    }

    [Fact]
    public async Task A_third_change_meanwhile_is_a_conflict_again()
    {
        using var owner = await App.OpenAsNewUserAsync();
        var row = await AddAsync(owner);
        var path = $"/expenses/{row.Id}/edit";
        var slow = Browser.Fill(await owner.GetAsync(path), ("description", "Mine"));
        (await owner.PostFormAsync(path, ("description", "First"))).MustBe(302);
        var conflict = (await owner.PostAsync(path, slow)).MustBe(409);
        (await owner.PostFormAsync(path, ("description", "Second"))).MustBe(302);
        var again = (await owner.PostAsync(path, Browser.Fill(conflict))).MustBe(409);
        Assert.Contains("Second", again.TextOf("#conflict"), StringComparison.Ordinal);
        Assert.Equal("Mine", again.Value("description"));
    }

    [Fact]
    public async Task Of_changes_at_once_one_wins_and_the_others_are_told()
    {
        using var owner = await App.OpenAsNewUserAsync();
        var row = await AddAsync(owner);
        var path = $"/expenses/{row.Id}/edit";
        var forms = new List<Dictionary<string, string>>();
        for (var writer = 0; writer < 8; writer++) forms.Add(Browser.Fill(await owner.GetAsync(path), ("description", $"writer {writer}")));
        var answers = await Task.WhenAll(forms.Select(form => owner.PostAsync(path, form)));
        Assert.Single(answers, answer => answer.Status == 302);
        Assert.Equal(7, answers.Count(answer => answer.Status == 409));
        Assert.Equal(2, Assert.Single(await App.ExpensesOfAsync(owner)).Version);
    }

    [Fact]
    public async Task The_same_form_sent_twice_changes_once()
    {
        using var owner = await App.OpenAsNewUserAsync();
        var row = await AddAsync(owner);
        var form = Browser.Fill(await owner.GetAsync($"/expenses/{row.Id}/edit"), ("amount", "99"));
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => owner.PostAsync($"/expenses/{row.Id}/edit", form)));
        Assert.All(answers, answer => answer.MustBe(302));
        Assert.Equal(2, Assert.Single(await App.ExpensesOfAsync(owner)).Version);
    }

    [Fact]
    public async Task What_was_deleted_meanwhile_can_be_added_anew()
    {
        using var owner = await App.OpenAsNewUserAsync();
        var row = await AddAsync(owner);
        var path = $"/expenses/{row.Id}/edit";
        var form = Browser.Fill(await owner.GetAsync(path), ("amount", "33.33"), ("description", "Still here"));
        (await owner.PostFormAsync($"/expenses/{row.Id}/delete")).MustBe(302);

        var gone = (await owner.PostAsync(path, form)).MustBe(404);

        Assert.NotNull(gone.Alert);
        Assert.Equal(("33.33", "Still here", "1", "2024-11-05"), (gone.Value("amount"), gone.Value("description"), gone.Value("category_id"), gone.Value("date")));
        Assert.Empty(await App.ExpensesOfAsync(owner));
        (await owner.PostAsync("/expenses/add", Browser.FillFor("/expenses/add", gone))).MustBe(302);
        Assert.Equal("Still here", Assert.Single(await App.ExpensesOfAsync(owner)).Description);
    }

    [Fact]
    public async Task A_form_changed_after_it_was_saved_is_not_dropped_in_silence()
    {
        using var owner = await App.OpenAsNewUserAsync();
        var row = await AddAsync(owner);
        var path = $"/expenses/{row.Id}/edit";
        var form = Browser.Fill(await owner.GetAsync(path), ("amount", "20"));
        (await owner.PostAsync(path, form)).MustBe(302);
        // Back in the browser, the form stands as it was sent; the amount is put right and sent again.
        form["amount"] = "30";
        var conflict = (await owner.PostAsync(path, form)).MustBe(409);
        Assert.Equal("30", conflict.Value("amount"));
        (await owner.PostAsync(path, Browser.Fill(conflict))).MustBe(302);
        Assert.Equal(3000, Assert.Single(await App.ExpensesOfAsync(owner)).AmountMinor);
    }

    [Fact]
    public async Task Overposted_fields_move_no_row()
    {
        using var owner = await App.OpenAsNewUserAsync();
        using var stranger = await App.OpenAsNewUserAsync();
        var mine = await AddAsync(owner);
        var theirs = await AddAsync(stranger);
        var id = theirs.Id.ToString(CultureInfo.InvariantCulture);
        var user = theirs.UserId.ToString(CultureInfo.InvariantCulture);
        (await owner.PostFormAsync($"/expenses/{mine.Id}/edit", ("amount", "99"), ("id", id), ("Id", id), ("user_id", user), ("UserId", user))).MustBe(302);
        Assert.Equal((mine.Id, mine.UserId, 9900L), Assert.Single(await App.ExpensesOfAsync(owner)) is var row ? (row.Id, row.UserId, row.AmountMinor) : default);
        Assert.Equal(theirs, Assert.Single(await App.ExpensesOfAsync(stranger)));
    }

    [Fact]
    public async Task A_category_of_somebody_else_is_none()
    {
        using var owner = await App.OpenAsNewUserAsync();
        using var stranger = await App.OpenAsNewUserAsync();
        var category = await App.AddOwnCategoryAsync(owner, "Model trains");
        var row = await AddAsync(stranger);
        var answer = await stranger.PostFormAsync($"/expenses/{row.Id}/edit", ("category_id", category.ToString(CultureInfo.InvariantCulture)));
        Assert.Equal(422, answer.Status);
        Assert.NotNull(answer.Error("category_id"));
        Assert.Equal(row, Assert.Single(await App.ExpensesOfAsync(stranger)));
    }

    [Fact]
    public async Task Deleting_asks_deletes_once_and_says_so_twice()
    {
        using var owner = await App.OpenAsNewUserAsync();
        var row = await AddAsync(owner);
        var path = $"/expenses/{row.Id}/delete";
        var page = (await owner.GetAsync(path)).MustBe(200);
        Assert.Contains("Lunch", page.Text, StringComparison.Ordinal);
        Assert.Single(await App.ExpensesOfAsync(owner));
        var form = Browser.Fill(page);
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => owner.PostAsync(path, form)));
        Assert.All(answers, answer => answer.MustBe(302));
        Assert.Empty(await App.ExpensesOfAsync(owner));
        (await owner.GetAsync(path)).MustBe(404);
        (await owner.GetAsync($"/expenses/{row.Id}/edit")).MustBe(404);
        Assert.Empty(await App.VerifyAsync());
    }

    [Fact]
    public async Task The_list_s_dialog_deletes_too()
    {
        using var owner = await App.OpenAsNewUserAsync();
        var row = await AddAsync(owner);
        var form = Browser.FillFor("/expenses", await owner.GetAsync("/expenses"), ("submission", Guid.NewGuid().ToString()));
        (await owner.PostAsync($"/expenses/{row.Id}/delete", form)).MustBe(302);
        Assert.Empty(await App.ExpensesOfAsync(owner));
    }

    private async Task<ExpenseRow> AddAsync(Browser browser)
    {
        await browser.AddExpenseAsync("12.50", "2024-11-05");
        return (await App.ExpensesOfAsync(browser))[^1];
    }
}
