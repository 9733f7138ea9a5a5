using ExpenseIQ.BrowserTests.Pages;
using Microsoft.Playwright;

namespace ExpenseIQ.BrowserTests;

/// <summary>The dialog that adds an expense, and the way back from everything.</summary>
public sealed class AddingFromAnywhere(Site site)
{
    private static readonly BrowserNewContextOptions Phone = new()
    {
        ViewportSize = new ViewportSize { Width = 390, Height = 844 },
        HasTouch = true,
        IsMobile = true,
        ColorScheme = ColorScheme.Dark,
    };

    [Fact]
    public Task On_a_phone_a_thumb_adds_one_after_the_other_and_takes_the_last_back() => Journey.RunAsync(
        site,
        async page =>
        {
            var (expenses, dialog) = (new ExpensePages(page), new QuickAddDialog(page));
            await new AccountPages(page).RegisterAsync("thumb");
            await page.Locator(".bottom-add").TapAsync();
            await dialog.FillAsync("12.50", "Food", "Lunch");
            await dialog.SaveAndAddAnotherAsync();
            await expenses.SeeAsync("Added Lunch, $12.50");
            await dialog.FillAsync("3", "Travel", "Tram");
            await dialog.SaveAsync();
            await expenses.SeeAsync("Added Tram, $3.00");
            // The page under the dialog was an empty dashboard; now it has figures.
            await page.Locator("#month-total").WaitForAsync();
            await Assertions.Expect(page.Locator("#month-total")).ToHaveTextAsync("$15.50");

            await page.GotoAsync("/expenses");
            await expenses.DeleteAsync("Tram");
            Assert.Equal(1, await expenses.Rows.CountAsync());
            await page.Locator(".toasts").GetByRole(AriaRole.Button, new() { Name = "Undo" }).TapAsync();
            await expenses.SeeAsync("Restored Tram");
            await Assertions.Expect(expenses.Rows).ToHaveCountAsync(2);
        },
        Phone);

    [Fact]
    public Task What_is_wrong_is_said_in_the_dialog_and_nothing_typed_is_lost() => Journey.RunAsync(site, async page =>
    {
        var dialog = new QuickAddDialog(page);
        await new AccountPages(page).RegisterAsync("hasty");
        await page.Keyboard.PressAsync("n");
        await dialog.FillAsync("abc", "Food", "Lunch");
        await dialog.SaveAsync();
        await page.Locator(".quick-add .error").WaitForAsync();
        Assert.Equal(("abc", "Lunch"), (await dialog.ValueAsync("amount"), await dialog.ValueAsync("description")));
        Assert.True(await page.EvaluateAsync<bool>("() => document.activeElement.name === 'amount'"));
        await page.Locator(".quick-add input[name=amount]").FillAsync("4");
        await dialog.SaveAsync();
        await new ExpensePages(page).SeeAsync("Added Lunch, $4.00");
    });

    [Fact]
    public Task What_was_typed_goes_through_the_sign_in_where_the_session_had_ended() => Journey.RunAsync(site, async page =>
    {
        var dialog = new QuickAddDialog(page);
        await new AccountPages(page).RegisterAsync("late");
        await page.Keyboard.PressAsync("n");
        await dialog.FillAsync("42.42", "Food", "half an hour later");
        await page.Context.ClearCookiesAsync();
        await dialog.SaveAsync();
        await page.WaitForURLAsync("**/login**");
        await page.GetByLabel("E-mail address or user name").FillAsync("late");
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(AccountPages.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/expenses/add**");
        Assert.Equal("42.42", await page.GetByLabel("Amount").InputValueAsync());
    });

    [Fact]
    public Task A_form_on_the_page_below_keeps_what_was_typed_there() => Journey.RunAsync(site, async page =>
    {
        await new AccountPages(page).RegisterAsync("below");
        await page.GotoAsync("/settings");
        await page.GetByLabel("Currency").SelectOptionAsync("EUR");
        await page.Locator(".topbar [data-quick-add]").ClickAsync();
        await new QuickAddDialog(page).FillAsync("4", "Food", "Tea");
        await new QuickAddDialog(page).SaveAsync();
        await new ExpensePages(page).SeeAsync("Added Tea, $4.00");
        Assert.Equal("EUR", await page.GetByLabel("Currency").InputValueAsync());
    });

    [Fact]
    public Task Days_are_a_button_away() => Journey.RunAsync(site, async page =>
    {
        await new AccountPages(page).RegisterAsync("yesterday");
        await page.Keyboard.PressAsync("n");
        await page.GetByRole(AriaRole.Button, new() { Name = "Yesterday" }).ClickAsync();
        var (today, yesterday) = (await DayAsync(page, "Today"), await DayAsync(page, "Yesterday"));
        Assert.Equal(yesterday, await new QuickAddDialog(page).ValueAsync("date"));
        Assert.Equal(1, DateOnly.Parse(today, System.Globalization.CultureInfo.InvariantCulture).DayNumber - DateOnly.Parse(yesterday, System.Globalization.CultureInfo.InvariantCulture).DayNumber);
    });

    private static async Task<string> DayAsync(IPage page, string name) =>
        await page.GetByRole(AriaRole.Button, new() { Name = name }).GetAttributeAsync("data-date") ?? "";
}
