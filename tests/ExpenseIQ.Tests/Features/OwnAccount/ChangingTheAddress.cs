using ExpenseIQ.Features.Accounts;
using ExpenseIQ.Tests.Running;
using Microsoft.Extensions.Time.Testing;

namespace ExpenseIQ.Tests.Features.OwnAccount;

public sealed class ChangingTheAddress(SharedApp shared)
{
    private const string Path = "/settings/account/email";

    private RunningApp App => shared.App;

    [Fact]
    public async Task From_then_on_the_new_one_signs_in_and_the_old_one_does_not()
    {
        using var owner = await App.OpenAsNewUserAsync();
        var id = (await App.UserOfAsync(owner)).Id;
        Assert.Equal(owner.Email, (await owner.GetAsync(Path)).Value("email"));
        Assert.Equal("/settings/account?done=email", (await owner.PostFormAsync(Path, ("email", $" new-{owner.Email} "))).MustBe(302).Location);
        var page = await owner.GetAsync("/settings/account?done=email");
        Assert.Contains($"new-{owner.Email}", page.Text, StringComparison.Ordinal);
        Assert.Equal("E-mail address changed", page.TextOf("[role=status]"));
        using var browser = App.Open();
        Assert.Equal(422, (await browser.TrySignInAsync(owner.Email)).Status);
        (await browser.TrySignInAsync($"new-{owner.Email}")).MustBe(302);
        // What is recorded holds no address: the record is seen by whoever takes over the account.
        Assert.Equal("", await shared.Database.ScalarAsync($"select detail from security_events where user_id = {id} and kind = {(int)SecurityEvent.EmailChanged}"));
    }

    [Fact]
    public async Task A_link_that_went_to_the_old_one_ends()
    {
        using var owner = await App.OpenAsNewUserAsync();
        var id = (await App.UserOfAsync(owner)).Id;
        await shared.Database.ExecuteAsync(
            $"insert into one_time_tokens (token_hash, user_id, purpose, data, expires_at) values ({(Engine.IsEmbedded ? "randomblob(32)" : "random_bytes(32)")}, {id}, {(int)OneTimePurpose.NewPassword}, '', '2099-01-01 00:00:00.000')");
        (await owner.PostFormAsync(Path, ("email", $"new-{owner.Email}"))).MustBe(302);
        Assert.Equal("0", await shared.Database.ScalarAsync($"select count(*) from one_time_tokens where user_id = {id}"));
    }

    [Fact]
    public async Task The_same_one_again_is_no_change()
    {
        using var owner = await App.OpenAsNewUserAsync();
        (await owner.PostFormAsync(Path)).MustBe(302);
        Assert.Equal("0", await shared.Database.ScalarAsync($"select count(*) from security_events where kind = {(int)SecurityEvent.EmailChanged} and user_id = {(await App.UserOfAsync(owner)).Id}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nobody")]
    [InlineData("a@b")]
    [InlineData("имя@пример.рф")]
    [InlineData("a b@example.org")]
    public async Task One_that_is_none_is_named_at_its_field(string email)
    {
        using var owner = await App.OpenAsNewUserAsync();
        var answer = (await owner.PostFormAsync(Path, ("email", email))).MustBe(422);
        Assert.NotNull(answer.Error("email"));
        Assert.Equal(email, answer.Value("email"));
        Assert.Equal(owner.Email, (await owner.GetAsync(Path)).Value("email"));
    }

    [Fact]
    public async Task Somebody_else_s_is_refused_in_whatever_case()
    {
        using var owner = await App.OpenAsNewUserAsync();
        using var another = await App.OpenAsNewUserAsync();
        var answer = (await owner.PostFormAsync(Path, ("email", another.Email.ToUpperInvariant()))).MustBe(422);
        Assert.Equal("There is an account with this e-mail address already.", answer.Error("email"));
        Assert.Equal(another.Email.ToUpperInvariant(), answer.Value("email"));
    }

    [Fact]
    public async Task Asking_which_addresses_are_taken_becomes_slow()
    {
        using var owner = await App.OpenAsNewUserAsync();
        using var another = await App.OpenAsNewUserAsync();
        var form = Browser.Fill(await owner.GetAsync(Path), ("email", another.Email));
        var statuses = new List<int>();
        for (var tries = 0; tries < 24; tries++) statuses.Add((await owner.PostAsync(Path, form)).Status);
        Assert.Equal(422, statuses[0]);
        Assert.Contains(429, statuses);
    }

    [Fact]
    public async Task Asks_first_who_it_is_where_that_was_long_ago()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2024, 11, 15, 12, 0, 0, TimeSpan.Zero));
        await using var app = await shared.StartAnotherAsync(clock);
        using var owner = await app.OpenAsNewUserAsync();
        var form = Browser.Fill(await owner.GetAsync(Path), ("email", $"new-{owner.Email}"));
        clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal("/confirm?next=%2Fsettings%2Faccount%2Femail", (await owner.PostAsync(Path, form)).MustBe(302).Location);
        Assert.Equal(owner.Email, (await app.UserOfAsync(owner)).Email);
    }
}
