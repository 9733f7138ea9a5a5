using ExpenseIQ.BrowserTests.Pages;
using Microsoft.Playwright;

namespace ExpenseIQ.BrowserTests;

/// <summary>Passkeys, with an authenticator that Chromium itself pretends to have.</summary>
public sealed class Passkeys(Site site)
{
    private BrowserNewContextOptions Named => new() { BaseURL = site.NamedAddress };

    [Fact]
    public Task Is_added_signs_in_without_a_password_proves_it_again_and_is_removed() => Journey.RunAsync(
        site,
        async page =>
        {
            var authenticator = await PlugInAsync(page);
            var account = new AccountPages(page);
            await account.RegisterAsync("keyholder");
            await AddAsync(page, "My laptop");
            Assert.Equal(1, await CountAsync(authenticator));

            await SignOutAsync(page);
            await page.GotoAsync("/login?next=%2Fexpenses");
            await page.GetByLabel("Stay signed in").CheckAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
            await page.WaitForURLAsync("**/expenses");
            await page.GotoAsync("/settings/security");
            await Assertions.Expect(page.Locator(".row-name").First).ToHaveTextAsync("My laptop");
            await Assertions.Expect(page.Locator(".rows").First).ToContainTextAsync("last used");

            await page.GotoAsync("/confirm?next=%2Fsettings%2Fsecurity%2Fpassword");
            await page.GetByRole(AriaRole.Button, new() { Name = "Use a passkey" }).ClickAsync();
            await page.WaitForURLAsync("**/settings/security/password");

            await page.GotoAsync("/settings/security");
            await page.GetByRole(AriaRole.Button, new() { Name = "Remove passkey My laptop" }).ClickAsync();
            await page.GetByText("Passkey removed").WaitForAsync();
            await SignOutAsync(page);
            await page.GotoAsync("/login");
            await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
            await page.GetByText("This passkey is not known here").WaitForAsync();
        },
        Named);

    [Fact]
    public Task Whose_owner_the_device_did_not_see_signs_nobody_in() => Journey.RunAsync(
        site,
        async page =>
        {
            var authenticator = await PlugInAsync(page);
            await new AccountPages(page).RegisterAsync("unseen");
            await AddAsync(page, "Key");
            await SignOutAsync(page);
            await authenticator.Cdp.SendAsync("WebAuthn.setUserVerified", new() { ["authenticatorId"] = authenticator.Id, ["isUserVerified"] = false });
            await page.GotoAsync("/login");
            await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
            await page.GetByText("That did not work").WaitForAsync();
        },
        Named);

    /// <summary>An answer that somebody listened to and sends again.</summary>
    [Fact]
    public Task An_answer_counts_once() => Journey.RunAsync(
        site,
        async page =>
        {
            await PlugInAsync(page);
            await new AccountPages(page).RegisterAsync("replayed");
            await AddAsync(page, "Key");
            await SignOutAsync(page);
            await page.GotoAsync("/login");
            var sent = page.WaitForRequestAsync(request => request.Method == "POST" && request.Url.EndsWith("/login/passkey", StringComparison.Ordinal));
            await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
            var body = (await sent).PostData!;
            await page.WaitForURLAsync("**/dashboard");
            await SignOutAsync(page);
            await page.GotoAsync("/login");
            var token = await page.Locator(".passkey-form input[name=csrf_token]").InputValueAsync();
            var fields = System.Web.HttpUtility.ParseQueryString(body);
            fields["csrf_token"] = token;
            var again = await page.APIRequest.PostAsync("/login/passkey", new APIRequestContextOptions
            {
                MaxRedirects = 0,
                Headers = new Dictionary<string, string> { ["Content-Type"] = "application/x-www-form-urlencoded" },
                DataString = fields.ToString(),
            });
            Assert.Equal(422, again.Status);
        },
        Named);

    /// <summary>The first account of each, so both have the same id.</summary>
    [Fact]
    public async Task Of_two_sites_of_a_host_the_device_keeps_both()
    {
        await using var money = await site.StartBelowAsync("/money");
        await using var house = await site.StartBelowAsync("/house");
        await using var context = await site.NewContextAsync(new BrowserNewContextOptions());
        var page = await context.NewPageAsync();
        var authenticator = await PlugInAsync(page);
        foreach (var address in new[] { $"{Site.Named(money)}/money/", $"{Site.Named(house)}/house/" })
        {
            await page.GotoAsync($"{address}register");
            await new AccountPages(page).FillRegistrationAsync("landlady");
            await page.GotoAsync($"{address}settings/security/passkeys");
            await AddOnPageAsync(page, "Key");
            await page.GotoAsync($"{address}confirm");
            await page.GetByRole(AriaRole.Button, new() { Name = "Use a passkey" }).ClickAsync();
            await page.WaitForURLAsync($"{address}settings/security");
        }
        Assert.Equal(2, await CountAsync(authenticator));
    }

    private static async Task SignOutAsync(IPage page)
    {
        await page.GotoAsync("/dashboard");
        await new AccountPages(page).SignOutAsync();
    }

    private static async Task AddAsync(IPage page, string name)
    {
        await page.GotoAsync("/settings/security");
        await page.GetByRole(AriaRole.Link, new() { Name = "Add a passkey" }).ClickAsync();
        await AddOnPageAsync(page, name);
    }

    private static async Task AddOnPageAsync(IPage page, string name)
    {
        await page.GetByLabel("Name").FillAsync(name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add passkey" }).ClickAsync();
        await page.GetByText("Passkey added").WaitForAsync();
    }

    private static async Task<Authenticator> PlugInAsync(IPage page)
    {
        var cdp = await page.Context.NewCDPSessionAsync(page);
        await cdp.SendAsync("WebAuthn.enable");
        var made = await cdp.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
        return new Authenticator(cdp, made!.Value.GetProperty("authenticatorId").GetString()!);
    }

    private static async Task<int> CountAsync(Authenticator authenticator) =>
        (await authenticator.Cdp.SendAsync("WebAuthn.getCredentials", new() { ["authenticatorId"] = authenticator.Id }))!.Value.GetProperty("credentials").GetArrayLength();

    private sealed record Authenticator(ICDPSession Cdp, string Id);
}
