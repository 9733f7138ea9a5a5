using ExpenseIQ.Database.Tables;
using ExpenseIQ.Features.Accounts;
using ExpenseIQ.Tests.Running;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace ExpenseIQ.Tests.Features.Accounts;

public sealed class CostOfPasswords(SharedApp shared)
{
    [Fact]
    public async Task Rises_when_somebody_signs_in_after_the_setting_rose()
    {
        using var owner = await shared.App.OpenAsNewUserAsync();
        Assert.StartsWith("$2a$04$", await HashAsync(owner), StringComparison.Ordinal);
        await using var dearer = await shared.StartAnotherAsync(change: settings => settings with { BcryptCost = 5 });
        using var browser = dearer.Open();
        (await browser.TrySignInAsync(owner.Username, "a wrong password")).MustBe(422);
        Assert.StartsWith("$2a$04$", await HashAsync(owner), StringComparison.Ordinal);
        await browser.SignInAsync(owner.Username);
        var raised = await HashAsync(owner);
        Assert.StartsWith("$2a$05$", raised, StringComparison.Ordinal);
        Assert.True(await owner.IsSignedInAsync());

        using var again = shared.App.Open();
        await again.SignInAsync(owner.Username);
        Assert.Equal(raised, await HashAsync(owner));
        Assert.Equal(owner.Email, await shared.Database.ScalarAsync($"select email from users where username = '{owner.Username}'"));
    }

    [Fact]
    public async Task Rises_once_for_those_who_sign_in_at_the_same_time_and_lets_all_of_them_in()
    {
        using var owner = await shared.App.OpenAsNewUserAsync();
        // Instances: each works at few passwords at a time.
        await using var one = await shared.StartAnotherAsync(change: settings => settings with { BcryptCost = 8 });
        await using var two = await shared.StartAnotherAsync(change: settings => settings with { BcryptCost = 8 });
        await using var three = await shared.StartAnotherAsync(change: settings => settings with { BcryptCost = 8 });
        var browsers = new[] { one, two, three, one, two, three }.Select(app => app.Open()).ToList();
        var forms = await Task.WhenAll(browsers.Select(async browser => Browser.Fill(await browser.GetAsync("/login"), ("email", owner.Username), ("password", Browser.Password))));
        var answers = await Task.WhenAll(browsers.Select((browser, index) => browser.PostAsync("/login", forms[index])));
        Assert.All(answers, answer => answer.MustBe(302));
        Assert.StartsWith("$2a$08$", await HashAsync(owner), StringComparison.Ordinal);
        foreach (var browser in browsers) browser.Dispose();
    }

    [Fact]
    public async Task Never_puts_an_old_password_back()
    {
        using var owner = await shared.App.OpenAsNewUserAsync();
        var user = await shared.App.UserOfAsync(owner);
        (await owner.PostFormAsync("/settings/security/password", ("password", "a newer password"), ("confirm", "a newer password"))).MustBe(302);
        var chosen = await HashAsync(owner);

        // Who read the account before that signs in with the old password, at a higher cost.
        await using var app = Program.Build(shared.Database.Settings with { BcryptCost = 5 });
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<UserManager<User>>().CheckPasswordAsync(user, Browser.Password);
        Assert.Equal(chosen, await HashAsync(owner));
    }

    private async Task<string?> HashAsync(Browser owner) => await shared.Database.ScalarAsync($"select password from users where username = '{owner.Username}'");
}
