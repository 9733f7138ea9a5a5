using ExpenseIQ.Tests.Running;

namespace ExpenseIQ.Tests.Features.Security;

public sealed class SecondFactorForEverybody(SharedApp shared) : IAsyncLifetime
{
    private RunningApp app = null!;

    public async ValueTask InitializeAsync() => app = await shared.StartAnotherAsync(change: settings => settings with { RequiresSecondFactor = true });

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task With_a_password_alone_one_gets_no_further_than_to_a_second_factor()
    {
        using var browser = await app.OpenAsNewUserAsync();
        foreach (var path in new[] { "/dashboard", "/expenses", "/expenses/add", "/settings", "/expenses/export/csv" })
            Assert.Equal("/settings/security", (await browser.GetAsync(path)).MustBe(302).Location);
        Assert.Equal(403, (await browser.GetAsync("/api/analytics")).Status);
        var page = (await browser.GetAsync("/settings/security")).MustBe(200);
        Assert.Contains("more than a password", page.Alert!, StringComparison.Ordinal);
        (await browser.GetAsync("/settings/security/passkeys")).MustBe(200);
        (await browser.GetAsync("/logout")).MustBe(200);
    }

    [Fact]
    public async Task Codes_open_the_rest_at_once_and_at_each_sign_in()
    {
        using var browser = await app.OpenAsNewUserAsync();
        var phone = await AuthenticatorApp.SetUpAsync(browser);
        (await browser.GetAsync("/dashboard")).MustBe(200);
        Assert.Null((await browser.GetAsync("/settings/security")).Alert);
        using var elsewhere = app.Open();
        await elsewhere.TrySignInAsync(browser.Username);
        (await elsewhere.PostFormAsync("/login/code", ("code", phone.Recovery[0]))).MustBe(302);
        (await elsewhere.GetAsync("/dashboard")).MustBe(200);
    }

    [Fact]
    public async Task Turned_off_again_they_close_the_rest()
    {
        using var browser = await app.OpenAsNewUserAsync();
        await AuthenticatorApp.SetUpAsync(browser);
        (await browser.PostFormAsync("/settings/security/codes", ("act", "off"))).MustBe(302);
        Assert.Equal("/settings/security", (await browser.GetAsync("/dashboard")).MustBe(302).Location);
    }

    [Fact]
    public async Task Without_the_setting_nothing_is_asked()
    {
        using var browser = await shared.App.OpenAsNewUserAsync();
        (await browser.GetAsync("/dashboard")).MustBe(200);
    }
}
