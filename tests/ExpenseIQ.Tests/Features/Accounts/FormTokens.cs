using ExpenseIQ.Tests.Running;

namespace ExpenseIQ.Tests.Features.Accounts;

public sealed class FormTokens(SharedApp shared)
{
    private const string Token = "csrf_token";

    [Theory]
    [InlineData("missing")]
    [InlineData("empty")]
    [InlineData("forged")]
    [InlineData("another's")]
    public async Task A_form_without_the_token_of_this_person_saves_nothing_and_loses_nothing(string kind)
    {
        using var owner = await shared.App.OpenAsNewUserAsync();
        using var other = await shared.App.OpenAsNewUserAsync();
        var form = Browser.Fill(await owner.GetAsync("/expenses/add"), ("amount", "47.11"), ("category_id", "3"), ("description", "Typed <b>long</b> text"), ("date", "2024-11-03"));
        await BreakAsync(form, kind, other);

        var answer = (await owner.PostAsync("/expenses/add", form)).MustBe(400);

        Assert.NotNull(answer.Alert);
        Assert.Equal(("47.11", "3", "Typed <b>long</b> text", "2024-11-03"), (answer.Value("amount"), answer.Value("category_id"), answer.Value("description"), answer.Value("date")));
        Assert.Empty(await shared.App.ExpensesOfAsync(owner));
        Assert.Empty(await shared.App.ExpensesOfAsync(other));
        (await owner.PostAsync("/expenses/add", Browser.Fill(answer))).MustBe(302);
        Assert.Single(await shared.App.ExpensesOfAsync(owner));
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("forged")]
    [InlineData("another's")]
    public async Task Nothing_is_changed_or_deleted_without_it(string kind)
    {
        using var owner = await shared.App.OpenAsNewUserAsync();
        using var other = await shared.App.OpenAsNewUserAsync();
        await owner.AddExpenseAsync("5.00", "2024-11-05");
        var row = Assert.Single(await shared.App.ExpensesOfAsync(owner));
        foreach (var path in new[] { $"/expenses/{row.Id}/edit", $"/expenses/{row.Id}/delete" })
        {
            var form = Browser.Fill(await owner.GetAsync(path), ("amount", "99"), ("description", "kept in the form"));
            await BreakAsync(form, kind, other);
            var answer = (await owner.PostAsync(path, form)).MustBe(400);
            if (path.EndsWith("edit", StringComparison.Ordinal)) Assert.Equal("kept in the form", answer.Value("description"));
            Assert.Equal(row, Assert.Single(await shared.App.ExpensesOfAsync(owner)));
        }
    }

    [Fact]
    public async Task Nobody_registers_or_signs_in_without_it()
    {
        using var owner = await shared.App.OpenAsNewUserAsync();
        using var browser = shared.App.Open();
        var name = Browser.NewName();
        var registered = (await browser.PostAsync("/register", new Dictionary<string, string>
        {
            ["username"] = name,
            ["email"] = $"{name}@example.org",
            ["password"] = Browser.Password,
            ["confirm"] = Browser.Password,
        })).MustBe(400);
        Assert.Equal((name, $"{name}@example.org"), (registered.Value("username"), registered.Value("email")));
        Assert.Null(await shared.Database.ScalarAsync($"select id from users where username = '{name}'"));

        var signedIn = (await browser.PostAsync("/login", new Dictionary<string, string>
        {
            ["email"] = owner.Username,
            ["password"] = Browser.Password,
            ["remember"] = "true",
        })).MustBe(400);
        Assert.Equal((owner.Username, "true"), (signedIn.Value("email"), signedIn.Value("remember")));
        Assert.False(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task A_form_from_before_signing_in_is_shown_again()
    {
        using var owner = await shared.App.OpenAsNewUserAsync();
        using var browser = shared.App.Open();
        var form = Browser.Fill(await browser.GetAsync("/login"), ("email", owner.Username), ("password", Browser.Password));
        (await browser.PostAsync("/login", form)).MustBe(302);
        // The same person, in a tab that had been open all the while.
        var answer = await browser.PostAsync("/login", form);
        answer.MustBe(400);
        Assert.Equal(owner.Username, answer.Value("email"));
    }

    private static async Task BreakAsync(Dictionary<string, string> form, string kind, Browser other)
    {
        switch (kind)
        {
            case "missing":
                form.Remove(Token);
                break;
            case "empty":
                form[Token] = "";
                break;
            case "forged":
                form[Token] = form[Token][..^6] + "forged";
                break;
            default:
                form[Token] = Browser.Fill(await other.GetAsync("/expenses/add"))[Token];
                break;
        }
    }
}
