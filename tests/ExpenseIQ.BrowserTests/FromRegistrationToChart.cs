using ExpenseIQ.BrowserTests.Pages;
using Microsoft.Playwright;

namespace ExpenseIQ.BrowserTests;

public sealed class FromRegistrationToChart(Site site)
{
    [Fact]
    public Task A_newcomer_registers_notes_expenses_and_sees_them_in_figures_and_charts() => Journey.RunAsync(site, async page =>
    {
        var (accounts, expenses, dashboard) = (new AccountPages(page), new ExpensePages(page), new DashboardPage(page));
        await accounts.RegisterAsync("newcomer");
        await page.GetByText("Nothing is written down yet").WaitForAsync();

        await expenses.AddAsync("12.50", "Food", "Lunch <b>with</b> Zoë");
        await expenses.AddAsync("1,030", "Bills", "Rent");
        await expenses.AddAsync("7,25", "Food", "Coffee");
        Assert.Equal(3, await expenses.Rows.CountAsync());
        Assert.Equal("$1,049.75", await expenses.TotalAsync());

        await dashboard.OpenAsync();
        Assert.Equal("$1,049.75", await dashboard.FigureAsync("month-total"));
        Assert.Equal("Bills", await dashboard.FigureAsync("top-category"));
        Assert.Equal("Bills 1030, Food 19.75", await dashboard.DrawnAsync("categories-chart"));
        Assert.EndsWith(" 1049.75", await dashboard.DrawnAsync("months-chart"), StringComparison.Ordinal);

        await dashboard.OpenLargestSliceAsync();
        Assert.Equal("$1,030.00", await expenses.TotalAsync());
        Assert.Equal("1", await expenses.CountAsync());

        await page.GotoAsync("/expenses");
        await expenses.ChangeAmountAsync("Coffee", "8.00");
        await expenses.DeleteAsync("Rent");
        Assert.Equal("$20.50", await expenses.TotalAsync());
        await dashboard.OpenAsync();
        Assert.Equal("Food 20.5", await dashboard.DrawnAsync("categories-chart"));

        await accounts.SignOutAsync();
        await page.GotoAsync("/dashboard");
        Assert.Contains("/login?next=", page.Url, StringComparison.Ordinal);
    });

    [Fact]
    public Task What_was_typed_survives_the_end_of_the_session() => Journey.RunAsync(site, async page =>
    {
        await new AccountPages(page).RegisterAsync("interrupted");
        await page.GotoAsync("/expenses/add");
        await page.GetByLabel("Amount").FillAsync("42.42");
        await page.GetByLabel("Description").FillAsync("half an hour later");
        await page.Context.ClearCookiesAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add expense" }).ClickAsync();
        await page.WaitForURLAsync("**/login**");

        await page.GetByLabel("E-mail address or user name").FillAsync("interrupted");
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(AccountPages.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/expenses/add**");
        Assert.Equal("42.42", await page.GetByLabel("Amount").InputValueAsync());
        Assert.Equal("half an hour later", await page.GetByLabel("Description").InputValueAsync());
    });
}
