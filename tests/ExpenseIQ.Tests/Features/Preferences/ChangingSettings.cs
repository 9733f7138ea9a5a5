using ExpenseIQ.Tests.Running;

namespace ExpenseIQ.Tests.Features.Preferences;

public sealed class ChangingSettings(SharedApp shared)
{
    private RunningApp App => shared.App;

    [Fact]
    public async Task Every_amount_and_date_follows_them_at_once()
    {
        using var owner = await App.OpenAsNewUserAsync();
        await owner.AddExpenseAsync("1234.50", "2024-11-05");
        Assert.Contains("$1,234.50", (await owner.GetAsync("/expenses")).Text, StringComparison.Ordinal);

        (await owner.PostFormAsync("/settings", ("currency", "EUR"), ("locale", "de-DE"), ("date_format", "ymd"), ("first_weekday", "6"), ("theme", "dark"))).MustBe(302);
        var list = await owner.GetAsync("/expenses");
        Assert.Equal("1.234,50 €", list.TextOf("tr[data-id] .amount").Replace('\u00a0', ' '));
        Assert.Equal("Tue, 2024-11-05", list.TextOf("tr.day time"));
        Assert.Equal("dark", list.Page.DocumentElement.GetAttribute("data-theme"));
        Assert.Equal("dark", list.Page.QuerySelector("meta[name=color-scheme]")!.GetAttribute("content"));
        Assert.Equal("1234,50", (await owner.GetAsync(list.Page.QuerySelector("tr[data-id] a")!.GetAttribute("href")!)).Value("amount"));
        (await owner.TryAddExpenseAsync(("amount", "1.234,50"))).MustBe(302);
        Assert.All(await App.ExpensesOfAsync(owner), row => Assert.Equal(123450, row.AmountMinor));

        var settings = await owner.GetAsync("/settings");
        Assert.Equal(("EUR", "de-DE", "ymd", "6", "dark"), (settings.Value("currency"), settings.Value("locale"), settings.Value("date_format"), settings.Value("first_weekday"), settings.Value("theme")));
    }

    [Fact]
    public async Task The_day_is_the_one_of_the_chosen_time_zone()
    {
        using var owner = await App.OpenAsNewUserAsync();
        (await owner.PostFormAsync("/settings", ("time_zone", "Pacific/Kiritimati"))).MustBe(302);
        var there = DateOnly.FromDateTime(DateTime.UtcNow.AddHours(14));
        var shown = DateOnly.Parse((await owner.GetAsync("/expenses/add")).Value("date")!, System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(shown, there.AddDays(-1), there.AddDays(1)); // midnight may pass between the two looks
        Assert.Equal("Pacific/Kiritimati", (await owner.GetAsync("/settings")).Value("time_zone"));
    }

    [Theory]
    [InlineData("currency", "XXX")]
    [InlineData("currency", "")]
    [InlineData("locale", "tlh")]
    [InlineData("date_format", "dd/MM")]
    [InlineData("first_weekday", "2")]
    [InlineData("first_weekday", "Monday")]
    [InlineData("time_zone", "Mars/Olympus")]
    [InlineData("time_zone", "")]
    [InlineData("theme", "pink")]
    public async Task What_is_not_to_be_chosen_is_named_at_its_field_and_changes_nothing(string field, string text)
    {
        using var owner = await App.OpenAsNewUserAsync();
        var before = await owner.GetAsync("/settings");
        var answer = await owner.PostFormAsync("/settings", ("currency", "EUR"), (field, text));
        Assert.Equal(422, answer.Status);
        Assert.NotNull(answer.Error(field));
        if (field != "currency") Assert.Equal("EUR", answer.Value("currency"));
        var after = await owner.GetAsync("/settings");
        foreach (var name in new[] { "currency", "locale", "date_format", "first_weekday", "time_zone", "theme" })
            Assert.Equal(before.Value(name), after.Value(name));
    }

    [Fact]
    public async Task A_newcomer_has_those_of_the_browser()
    {
        using var owner = await App.OpenAsNewUserAsync("sv-SE");
        var settings = await owner.GetAsync("/settings");
        Assert.Equal(("SEK", "sv-SE", "", ""), (settings.Value("currency"), settings.Value("locale"), settings.Value("date_format"), settings.Value("first_weekday")));
        await owner.AddExpenseAsync("1", "2024-11-05");
        Assert.Equal("Tue, 2024-11-05", (await owner.GetAsync("/expenses")).TextOf("tr.day time"));
    }

    [Fact]
    public async Task Signed_out_there_are_none()
    {
        using var nobody = App.Open();
        Assert.StartsWith("/login?next=", (await nobody.GetAsync("/settings")).MustBe(302).Location, StringComparison.Ordinal);
    }
}
