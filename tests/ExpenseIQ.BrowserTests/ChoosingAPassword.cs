using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace ExpenseIQ.BrowserTests;

/// <summary>What is said of a new password while it is typed.</summary>
public sealed class ChoosingAPassword(Site site)
{
    private const string Packages = "/lib/zxcvbn/";

    [Fact]
    public Task Is_told_in_words_how_good_it_is_once_somebody_types() => Journey.RunAsync(site, async page =>
    {
        var asked = new ConcurrentQueue<string>();
        page.Request += (_, request) => asked.Enqueue(request.Url);
        await page.GotoAsync("/register");
        await page.Locator("#username").FillAsync("margarethe");
        await page.Locator("#email").FillAsync("hamilton@example.org");
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        Assert.DoesNotContain(asked, url => url.Contains(Packages, StringComparison.Ordinal));
        var words = page.Locator(".strength-words");
        Assert.True(await words.IsHiddenAsync());
        Assert.Equal("polite", await words.GetAttributeAsync("aria-live"));

        foreach (var (password, said) in new[]
        {
            ("password", "Very weak"), ("margarethe1", "Very weak"), ("hamilton!", "Very weak"), ("kzwrplmv", "Fair"), ("seven brown otters waltz in November", "Strong"),
        })
        {
            await page.Locator("#password").FillAsync(password);
            await Assertions.Expect(words).ToContainTextAsync(said + ":");
            await Assertions.Expect(words).ToBeVisibleAsync();
            await page.Locator("#password").FillAsync("");
            await Assertions.Expect(words).ToBeHiddenAsync();
        }
        Assert.Single(asked, url => url.Contains(Packages, StringComparison.Ordinal));
    });

    [Fact]
    public Task May_be_pasted() => Journey.RunAsync(site, async page =>
    {
        await page.GotoAsync("/register");
        await page.Locator("#username").FillAsync("seven brown otters");
        await page.Locator("#username").PressAsync("Control+a");
        await page.Locator("#username").PressAsync("Control+c");
        await page.Locator("#password").FocusAsync();
        await page.Keyboard.PressAsync("Control+v");
        Assert.Equal("seven brown otters", await page.Locator("#password").InputValueAsync());
    });

    [Fact]
    public Task Without_scripts_there_is_no_word_of_it() => Journey.RunAsync(
        site,
        async page =>
        {
            await page.GotoAsync("/register");
            Assert.True(await page.Locator(".strength").IsHiddenAsync());
        },
        new BrowserNewContextOptions { JavaScriptEnabled = false });
}
