using ExpenseIQ.Tests.Running;

namespace ExpenseIQ.Tests.Features.Accounts;

public sealed class SigningOut(SharedApp shared)
{
    [Fact]
    public async Task A_link_of_this_site_signs_out_at_once()
    {
        using var browser = await shared.App.OpenAsNewUserAsync();
        Assert.Equal("/", (await browser.GetAsync("/logout", ("Sec-Fetch-Site", "same-origin"))).MustBe(302).Location);
        Assert.False(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task A_browser_that_says_less_is_known_by_its_referer()
    {
        using var browser = await shared.App.OpenAsNewUserAsync();
        (await browser.GetAsync("/logout", ("Referer", $"{shared.App.Address}dashboard"))).MustBe(302);
        Assert.False(await browser.IsSignedInAsync());
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Sec-Fetch-Site", "none")]
    [InlineData("Referer", "https://evil.example/dashboard")]
    [InlineData("Referer", "nonsense")]
    [InlineData("Accept", "text/html")]
    public async Task From_anywhere_else_it_asks_first(string header, string value)
    {
        using var browser = await shared.App.OpenAsNewUserAsync();
        var page = (await browser.GetAsync("/logout", (header, value))).MustBe(200);
        Assert.True(await browser.IsSignedInAsync());
        Assert.Equal("/", (await browser.PostAsync("/logout", Browser.Fill(page))).MustBe(302).Location);
        Assert.False(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task The_word_of_the_browser_counts_more_than_the_referer()
    {
        using var browser = await shared.App.OpenAsNewUserAsync();
        (await browser.GetAsync("/logout", ("Sec-Fetch-Site", "cross-site"), ("Referer", $"{shared.App.Address}dashboard"))).MustBe(200);
        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task A_button_without_its_token_signs_nobody_out()
    {
        using var browser = await shared.App.OpenAsNewUserAsync();
        (await browser.PostAsync("/logout", [])).MustBe(400);
        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Somebody_signed_out_goes_to_the_start_page()
    {
        using var browser = shared.App.Open();
        Assert.Equal("/", (await browser.GetAsync("/logout")).MustBe(302).Location);
    }

    [Fact]
    public async Task Another_browser_of_the_same_person_stays_signed_in()
    {
        using var here = await shared.App.OpenAsNewUserAsync();
        using var there = shared.App.Open();
        await there.SignInAsync(here.Username);
        (await here.GetAsync("/logout", ("Sec-Fetch-Site", "same-origin"))).MustBe(302);
        Assert.True(await there.IsSignedInAsync());
    }
}
