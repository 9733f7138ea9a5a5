using System.Globalization;
using ExpenseIQ.Database;
using ExpenseIQ.Domain;
using ExpenseIQ.Features.Expenses;
using ExpenseIQ.Features.OwnAccount;
using ExpenseIQ.Tests.Running;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ExpenseIQ.Tests.Features.OwnAccount;

public sealed class Leaving(SharedApp shared)
{
    private const string Path = "/settings/account/delete";
    private static readonly string[] Tables =
    [
        "ledgers", "expenses", "totals", "search_texts", "submissions", "security_events", "sessions", "devices", "passkeys", "recovery_codes", "one_time_tokens", "categories",
    ];

    private RunningApp App => shared.App;

    [Fact]
    public async Task Everything_of_the_account_goes_and_nothing_of_anybody_else()
    {
        using var owner = await App.OpenAsNewUserAsync();
        using var another = await App.OpenAsNewUserAsync();
        using var elsewhere = App.Open();
        await elsewhere.SignInAsync(owner.Username);
        foreach (var person in new[] { owner, another })
        {
            await person.AddExpenseAsync("12.50", "2024-11-05");
            await person.AddExpenseAsync("5", "2024-11-06", await App.AddOwnCategoryAsync(person, "Model trains"), "Lok");
        }
        var (id, other) = ((await App.UserOfAsync(owner)).Id, (await App.UserOfAsync(another)).Id);
        var before = await CountAsync(shared.Database, other);

        Assert.Contains("2 expenses", (await owner.GetAsync(Path)).MustBe(200).Text, StringComparison.Ordinal);
        Assert.Equal("/goodbye", (await owner.PostFormAsync(Path, ("username", $" {owner.Username.ToUpperInvariant()} "))).MustBe(302).Location);
        Assert.Equal("Goodbye", (await owner.GetAsync("/goodbye")).MustBe(200).TextOf("h1"));
        Assert.False(await owner.IsSignedInAsync());
        Assert.False(await elsewhere.IsSignedInAsync());
        Assert.Null(owner.CookieOf("expenseiq"));
        Assert.Null(await shared.Database.ScalarAsync($"select id from users where id = {id}"));
        Assert.Equal(0, await CountAsync(shared.Database, id));
        Assert.Equal(before, await CountAsync(shared.Database, other));
        Assert.Empty(await App.VerifyAsync());
        using var returned = App.Open();
        Assert.Equal(422, (await returned.TrySignInAsync(owner.Username)).Status);
        await returned.RegisterAsync(owner.Username); // the name and the address are free again
        Assert.Empty(await App.ExpensesOfAsync(returned));
    }

    [Fact]
    public async Task Nobody_who_is_still_there_is_told_goodbye()
    {
        using var owner = await App.OpenAsNewUserAsync();
        Assert.Equal("/dashboard", (await owner.GetAsync("/goodbye")).MustBe(302).Location);
    }

    [Theory]
    [InlineData("")]
    [InlineData("somebody_else")]
    [InlineData("yes")]
    public async Task Another_name_than_the_own_deletes_nothing(string typed)
    {
        using var owner = await App.OpenAsNewUserAsync();
        var answer = (await owner.PostFormAsync(Path, ("username", typed))).MustBe(422);
        Assert.NotNull(answer.Error("username"));
        Assert.Equal(typed, answer.Value("username"));
        Assert.True(await owner.IsSignedInAsync());
    }

    [Fact]
    public async Task Asks_first_who_it_is_where_that_was_long_ago()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2024, 11, 15, 12, 0, 0, TimeSpan.Zero));
        await using var app = await shared.StartAnotherAsync(clock);
        using var owner = await app.OpenAsNewUserAsync();
        var form = Browser.Fill(await owner.GetAsync(Path), ("username", owner.Username));
        clock.Advance(TimeSpan.FromMinutes(11));
        (await owner.GetAsync(Path)).MustBe(302);
        Assert.Equal("/confirm?next=%2Fsettings%2Faccount%2Fdelete", (await owner.PostAsync(Path, form)).MustBe(302).Location);
        Assert.True(await owner.IsSignedInAsync());
    }

    [Fact]
    public async Task The_last_administrator_stays_while_there_are_others_and_goes_last_of_all()
    {
        await using var database = new ScratchDatabase();
        await using var app = await RunningApp.StartAsync(database.Settings);
        using var first = await app.OpenAsNewUserAsync();
        var alone = (await first.GetAsync(Path)).MustBe(200);
        using var second = await app.OpenAsNewUserAsync();
        Assert.True((await app.UserOfAsync(first)).IsAdmin);

        var shown = (await first.GetAsync(Path)).MustBe(200);
        Assert.StartsWith("You are the last administrator", shown.Alert, StringComparison.Ordinal);
        Assert.Null(shown.Page.QuerySelector("main form"));
        var refused = (await first.PostAsync(Path, Browser.Fill(alone, ("username", first.Username)))).MustBe(409);
        Assert.StartsWith("You are the last administrator", refused.Alert, StringComparison.Ordinal);
        Assert.True(await first.IsSignedInAsync());

        (await second.PostFormAsync(Path, ("username", second.Username))).MustBe(302);
        (await first.PostFormAsync(Path, ("username", first.Username))).MustBe(302);
        Assert.Null(await database.ScalarAsync("select first_user_id from site"));
        Assert.Empty(await app.VerifyAsync());
        using var next = await app.OpenAsNewUserAsync();
        Assert.True((await app.UserOfAsync(next)).IsAdmin);
        using var afterwards = await app.OpenAsNewUserAsync();
        Assert.False((await app.UserOfAsync(afterwards)).IsAdmin);
    }

    [Fact]
    public async Task Of_two_administrators_who_leave_at_once_one_stays_with_the_others()
    {
        await using var database = new ScratchDatabase();
        await using var app = await RunningApp.StartAsync(database.Settings);
        using var user = await app.OpenAsNewUserAsync();
        for (var round = 0; round < 4; round++)
        {
            using var one = await app.OpenAsNewUserAsync();
            using var two = await app.OpenAsNewUserAsync();
            await database.ExecuteAsync($"update users set is_admin = case when username in ('{one.Username}', '{two.Username}') then true else false end");
            var forms = await Task.WhenAll(new[] { one, two }.Select(async browser => (Browser: browser, Form: Browser.Fill(await browser.GetAsync(Path), ("username", browser.Username)))));
            var answers = await Task.WhenAll(forms.Select(pair => pair.Browser.PostAsync(Path, pair.Form)));
            Assert.Equal([302, 409], answers.Select(answer => answer.Status).Order());
            Assert.Equal("1", await database.ScalarAsync("select count(*) from users where is_admin = true"));
        }
        Assert.Empty(await app.VerifyAsync());
    }

    [Fact]
    public async Task Whoever_registers_while_the_only_user_leaves_is_administrator_or_keeps_that_one_there()
    {
        await using var database = new ScratchDatabase();
        await using var app = await RunningApp.StartAsync(database.Settings);
        for (var round = 0; round < 4; round++)
        {
            using var only = await app.OpenAsNewUserAsync();
            using var newcomer = app.Open();
            var form = Browser.Fill(await only.GetAsync(Path), ("username", only.Username));
            var leaving = only.PostAsync(Path, form);
            await newcomer.RegisterAsync();
            Assert.Contains((await leaving).Status, new[] { 302, 409 });
            Assert.Equal("1", await database.ScalarAsync("select count(*) from users where is_admin = true"));
            await database.ExecuteAsync("delete from users", "update site set first_user_id = null");
        }
    }

    [Fact]
    public async Task Interrupted_it_goes_on_where_it_was_and_meanwhile_nobody_signs_in_and_nothing_is_wrong()
    {
        await using var database = new ScratchDatabase();
        await using var app = await RunningApp.StartAsync(database.Settings);
        using var administrator = await app.OpenAsNewUserAsync();
        await administrator.AddExpenseAsync("12.50", "2024-11-05");
        using var owner = await app.OpenAsNewUserAsync();
        var id = await FillAsync(app, owner, 7000);
        await WithAsync(database, departures => departures.LeaveAsync(id));
        for (var step = 0; step < 3; step++) Assert.True(await WithAsync(database, departures => departures.StepAsync(id))); // and then the process is killed

        var left = long.Parse((await database.ScalarAsync($"select count(*) from expenses where user_id = {id}"))!, CultureInfo.InvariantCulture);
        Assert.Equal(1000, left);
        Assert.Empty(await app.VerifyAsync());
        Assert.False(await owner.IsSignedInAsync());
        using var elsewhere = app.Open();
        Assert.StartsWith("This account is shut", (await elsewhere.TrySignInAsync(owner.Username)).Alert, StringComparison.Ordinal);
        using var newcomer = app.Open();
        var taken = await newcomer.PostFormAsync("/register", ("username", owner.Username), ("email", owner.Email), ("password", "another password"), ("confirm", "another password"));
        Assert.Equal("This user name is taken.", taken.MustBe(422).Error("username"));

        Assert.True(await WithAsync(database, departures => departures.RemoveAsync(id, TimeSpan.FromMinutes(1), CancellationToken.None)));
        Assert.Equal(0, await CountAsync(database, id));
        Assert.Null(await database.ScalarAsync($"select id from users where id = {id}"));
        Assert.Empty(await app.VerifyAsync());
        Assert.Single(await app.ExpensesOfAsync(administrator));
    }

    [Fact]
    public async Task A_program_that_starts_goes_on_with_what_another_left_undone()
    {
        await using var database = new ScratchDatabase();
        long id;
        await using (var before = await RunningApp.StartAsync(database.Settings))
        {
            using var administrator = await before.OpenAsNewUserAsync();
            using var owner = await before.OpenAsNewUserAsync();
            id = await FillAsync(before, owner, 3000);
            await database.ExecuteAsync($"update users set leaving_at = '2024-11-05 12:00:00.000' where id = {id}", $"delete from sessions where user_id = {id}");
        }
        await using var after = await RunningApp.StartAsync(database.Settings);
        for (var tries = 0; tries < 600 && await database.ScalarAsync($"select id from users where id = {id}") is not null; tries++)
            await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.Null(await database.ScalarAsync($"select id from users where id = {id}"));
        Assert.Equal(0, await CountAsync(database, id));
        Assert.Empty(await after.VerifyAsync());
    }

    [Fact]
    public async Task Two_instances_at_once_do_it_together()
    {
        await using var database = new ScratchDatabase();
        await using var app = await RunningApp.StartAsync(database.Settings);
        using var administrator = await app.OpenAsNewUserAsync();
        using var owner = await app.OpenAsNewUserAsync();
        var id = await FillAsync(app, owner, 9000);
        await WithAsync(database, departures => departures.LeaveAsync(id));
        var instances = Enumerable.Range(0, 2).Select(_ => database.NewInstance()).ToList();
        var answers = await Task.WhenAll(instances.Select(instance => Task.Run(async () =>
        {
            await using var scope = instance.CreateAsyncScope();
            return await new Departures(scope.ServiceProvider.GetRequiredService<ExpenseDatabase>(), TimeProvider.System).RemoveAsync(id, TimeSpan.FromMinutes(1), CancellationToken.None);
        })));
        foreach (var instance in instances) await instance.DisposeAsync();
        Assert.Equal([true, true], answers);
        Assert.Equal(0, await CountAsync(database, id));
        Assert.Empty(await app.VerifyAsync());
    }

    [Fact]
    public async Task Nobody_who_did_not_ask_for_it_is_removed()
    {
        using var owner = await App.OpenAsNewUserAsync();
        await owner.AddExpenseAsync("12.50", "2024-11-05");
        var id = (await App.UserOfAsync(owner)).Id;
        Assert.False(await App.WithDatabaseAsync(database => new Departures(database, TimeProvider.System).StepAsync(id)));
        Assert.Single(await App.ExpensesOfAsync(owner));
    }

    /// <summary>Thousands of rows of each kind that there may be many of.</summary>
    private static async Task<long> FillAsync(RunningApp app, Browser owner, int rows)
    {
        var id = (await app.UserOfAsync(owner)).Id;
        var category = await app.AddOwnCategoryAsync(owner, "Model trains");
        var inputs = Enumerable.Range(0, rows).Select(number => new ExpenseInput(new Money(100 + number), number % 2 == 0 ? category : 1, $"text {number}", new DateOnly(2024, 1, 1).AddDays(number % 300))).ToList();
        await app.WithDatabaseAsync(database => database.AddExpensesAsync(id, inputs, new DateTime(2024, 11, 5, 12, 0, 0, DateTimeKind.Utc), CancellationToken.None));
        return id;
    }

    private static async Task<long> CountAsync(ScratchDatabase database, long id)
    {
        var count = 0L;
        foreach (var table in Tables) count += long.Parse((await database.ScalarAsync($"select count(*) from {table} where user_id = {id}"))!, CultureInfo.InvariantCulture);
        return count;
    }

    private static Task<bool> WithAsync(ScratchDatabase database, Func<Departures, Task<bool>> work) =>
        database.WithAsync(instance => work(new Departures(instance, TimeProvider.System)));
}
