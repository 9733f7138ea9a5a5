using System.Globalization;
using ExpenseIQ.Features.Expenses;
using ExpenseIQ.Tests.Running;

namespace ExpenseIQ.Tests.Features.Expenses;

public sealed class CategoriesInUse(SharedApp shared)
{
    private RunningApp App => shared.App;

    [Fact]
    public async Task Somebody_with_nothing_has_them_in_the_order_of_the_plain_list()
    {
        using var owner = await App.OpenAsNewUserAsync();
        Assert.Equal(["Food", "Travel", "Shopping", "Bills", "Health", "Others"], await NamesAsync(owner));
    }

    [Fact]
    public async Task The_most_used_come_first_whatever_others_use()
    {
        using var owner = await App.OpenAsNewUserAsync();
        using var stranger = await App.OpenAsNewUserAsync();
        var trains = await App.AddOwnCategoryAsync(owner, "Model trains");
        await App.AddOwnCategoryAsync(owner, "Stamps");
        await App.AddOwnCategoryAsync(stranger, "Sailing");
        for (var time = 0; time < 4; time++) await stranger.AddExpenseAsync("1", "2024-11-05", 6);
        foreach (var category in new[] { trains, trains, trains, 5, 4, 4, 2 }) await owner.AddExpenseAsync("1", "2024-11-05", category);
        Assert.Equal(["Model trains", "Bills", "Travel", "Health", "Food", "Shopping", "Others", "Stamps"], await NamesAsync(owner));

        // What is not used any more goes back to its place.
        foreach (var row in (await App.ExpensesOfAsync(owner)).Where(row => row.CategoryId == trains))
            (await owner.PostFormAsync(string.Create(CultureInfo.InvariantCulture, $"/expenses/{row.Id}/delete"))).MustBe(302);
        Assert.Equal(["Bills", "Travel", "Health", "Food", "Shopping", "Others", "Model trains", "Stamps"], await NamesAsync(owner));
    }

    private async Task<IEnumerable<string>> NamesAsync(Browser browser)
    {
        var user = await App.UserOfAsync(browser);
        var categories = await App.WithDatabaseAsync(database => database.ListCategoriesByUseAsync(user.Id, CancellationToken.None));
        Assert.All(categories, category => Assert.True(category.UserId is null || category.UserId == user.Id));
        return categories.Select(category => category.Name);
    }
}
