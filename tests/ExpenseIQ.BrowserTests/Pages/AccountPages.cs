using Microsoft.Playwright;

namespace ExpenseIQ.BrowserTests.Pages;

/// <summary>Registration, sign-in, sign-out.</summary>
internal sealed class AccountPages(IPage page)
{
    public const string Password = "a sentence as password";

    public async Task RegisterAsync(string username)
    {
        await page.GotoAsync("./");
        await page.GetByRole(AriaRole.Link, new() { Name = "Create account" }).First.ClickAsync();
        await FillRegistrationAsync(username);
    }

    /// <summary>On the page that one is at.</summary>
    public async Task FillRegistrationAsync(string username)
    {
        await page.GetByLabel("User name").FillAsync(username);
        await page.GetByLabel("E-mail address").FillAsync($"{username}@example.com");
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(Password);
        await page.GetByLabel("Password once more").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Create account" }).ClickAsync();
        await page.WaitForURLAsync("**/dashboard");
    }

    /// <summary>On the page that one is at.</summary>
    public async Task SignInAsync(string username)
    {
        await page.GetByLabel("E-mail address or user name").FillAsync(username);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
    }

    public async Task SignOutAsync()
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.WaitForURLAsync(url => url.EndsWith('/'));
    }
}
