using ExpenseIQ.Tests.Running;

namespace ExpenseIQ.Tests.Web;

public sealed class StartPage(SharedApp shared)
{
    [Fact]
    public async Task A_visitor_may_sign_in_or_register()
    {
        using var visitor = shared.App.Open();
        var page = (await visitor.GetAsync("/")).MustBe(200);
        Assert.NotNull(page.Page.QuerySelector("a[href='/login']"));
        Assert.NotNull(page.Page.QuerySelector("a[href='/register']"));
    }

    [Fact]
    public async Task Somebody_signed_in_goes_to_the_dashboard()
    {
        using var browser = await shared.App.OpenAsNewUserAsync();
        Assert.Equal("/dashboard", (await browser.GetAsync("/")).MustBe(302).Location);
        Assert.Equal("/dashboard", (await browser.GetAsync("/login")).MustBe(302).Location);
        Assert.Equal("/expenses?sort=date_asc", (await browser.GetAsync("/login?next=%2Fexpenses%3Fsort%3Ddate_asc")).MustBe(302).Location);
    }
}
