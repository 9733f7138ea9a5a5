using ExpenseIQ.Tests.Running;

namespace ExpenseIQ.Tests.Security;

/// <summary>
/// Every route and verb, as the running program lists them: signed out, as a stranger with the owner's ids, without a token that fits,
/// with fields that no form has, with verbs that it does not have. Nothing of the owner's is shown or changed, and nothing fails inside.
/// What a new page has to say of itself is in <see cref="Trial"/>.
/// </summary>
public sealed class EveryRoute(QuietSite site) : IClassFixture<QuietSite>
{
    private static readonly string[] AllVerbs = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "BREW"];

    /// <summary>Where signing in leaves traces.</summary>
    private static readonly string[] SignIns = ["users", "sessions", "devices", "security_events"];

    private RunningApp App => site.App;

    [Fact]
    public async Task What_is_said_of_routes_is_said_of_routes_that_there_are()
    {
        var routes = await Route.AllAsync(App);
        Assert.True(routes.Count >= Trial.All.Count, "The routes were not found.");
        Assert.All(Trial.All.Keys, template => Assert.Contains(template, routes.Select(route => route.Template)));
        Assert.All(routes, route => Trial.Of(route));
    }

    [Fact]
    public async Task Signed_out_one_is_sent_to_sign_in() => await OnEachAsync(async (route, trial, owner) =>
    {
        // What a form for everybody does with what is right is its own tests' matter.
        foreach (var verb in route.Verbs.Where(verb => !trial.IsForEverybody || verb != "POST"))
        {
            using var nobody = App.Open();
            var path = trial.PathOn(route, owner);
            var answer = await AskAsync(nobody, verb, path, trial.FieldsOf(owner, await Owner.TokenOfAsync(nobody, "/login")));
            Assert.DoesNotContain(Owner.Canary, answer.Text, StringComparison.Ordinal);
            if (trial.IsForEverybody)
            {
                Assert.False(answer.Status == 302 && answer.Location!.Contains("/login?next=", StringComparison.Ordinal), $"{verb} {route} is not for everybody.");
                continue;
            }
            if (route.IsApi)
            {
                Assert.Equal(401, answer.Status);
                Assert.True(verb == "HEAD" || answer.MediaType == "application/problem+json", $"{verb} {route} answered {answer.MediaType}.");
            }
            else
            {
                Assert.StartsWith("/login?next=", answer.MustBe(302).Location, StringComparison.Ordinal);
            }
        }
    });

    [Fact]
    public async Task A_stranger_gets_nothing_of_the_owner_s_and_changes_nothing() => await OnEachAsync(async (route, trial, owner) =>
    {
        if (trial.IsForEverybody) return;
        using var stranger = await App.OpenAsNewUserAsync();
        foreach (var verb in route.Verbs)
        {
            var fields = trial.FieldsOf(owner, await Owner.TokenOfAsync(stranger));
            var answer = await AskAsync(stranger, verb, trial.PathOn(route, owner), fields);
            Assert.DoesNotContain(Owner.Canary, answer.Text, StringComparison.Ordinal);
            // What the stranger typed stands in the form again.
            if (fields.TrueForAll(field => field.Value != owner.Browser.Username)) Assert.DoesNotContain(owner.Browser.Username, answer.Text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("/login", answer.Location ?? "", StringComparison.Ordinal);
            if (trial.IsForAdministrators) Assert.Contains(answer.Status, new[] { 403, 404 });
            else if (trial.StrangerGets is { } expected && (verb == "POST" || trial.Values is not null)) Assert.True(answer.Status == expected, $"{verb} {route} answered {answer.Status} to a stranger.");
        }
    });

    [Theory]
    [InlineData("missing")]
    [InlineData("empty")]
    [InlineData("another's")]
    [InlineData("of before signing in")]
    public async Task A_form_without_a_token_that_fits_does_nothing(string kind) => await OnEachAsync(async (route, trial, owner) =>
    {
        if (!route.TakesForms) return;
        using var browser = App.Open();
        var early = await Owner.TokenOfAsync(browser, "/login");
        await browser.SignInAsync(owner.Browser.Username);
        using var other = await App.OpenAsNewUserAsync();
        var token = kind switch
        {
            "missing" => null,
            "empty" => "",
            "another's" => await Owner.TokenOfAsync(other),
            _ => early,
        };
        var (rows, users) = (await owner.RowsAsync(), await UsersAsync());
        var answer = await browser.PostAsync(trial.PathOn(route, owner), trial.FieldsOf(owner, token));
        Assert.True(answer.Status == 400, $"POST {route} answered {answer.Status}.");
        Assert.Equal((rows, users), (await owner.RowsAsync(), await UsersAsync()));
        Assert.True(await browser.IsSignedInAsync());
    }, signsIn: true);

    [Fact]
    public async Task Fields_that_no_form_has_are_not_taken() => await OnEachAsync(
        async (route, trial, bystander) =>
        {
            if (!route.TakesForms) return;
            using var owner = await Owner.OpenAsync(App, site.Database);
            var fields = trial.FieldsOf(owner, await Owner.TokenOfAsync(owner.Browser));
            var admins = await site.Database.QueryAsync("select id from users where is_admin = true");
            (string, string)[] more =
            [
                ("user_id", $"{bystander.UserId}"), ("UserId", $"{bystander.UserId}"), ("id", bystander.ExpenseId), ("expense_id", bystander.ExpenseId),
                ("is_admin", "true"), ("IsAdmin", "true"), ("admin", "1"), ("role", "admin"), ("username", "overposted"), ("email", "overposted@example.org"),
                ("password", "overposted password"), ("security_stamp", "overposted"), ("version", "424242"), ("amount_minor", "424242"), ("created_at", "2001-01-01"),
                ("updated_at", "2001-01-01"), ("date", "2001-01-01"), ("totp_key", "overposted"), ("totp_step", "424242"), ("disabled_at", "2001-01-01"), ("leaving_at", "2001-01-01"),
                ("samples_at", "2001-01-01"), ("expense_count", "424242"), ("total_minor", "424242"), ("confirmed_at", "2001-01-01"), ("method", "42"), ("user", "overposted"), ("key", bystander.SessionKey),
            ];
            fields.AddRange(more.Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
            var path = trial.PathOn(route, owner);
            var query = string.Join('&', more.Select(field => $"{field.Item1}={Uri.EscapeDataString(field.Item2)}"));
            var answer = await owner.Browser.PostAsync($"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{query}", fields);

            Assert.True(answer.Status < 500, $"POST {route} answered {answer.Status}.");
            var kept = await owner.RowsAsync();
            Assert.All(["overposted", "424242", "2001-01-01"], value => Assert.DoesNotContain(value, kept, StringComparison.OrdinalIgnoreCase));
            Assert.Equal(admins, await site.Database.QueryAsync("select id from users where is_admin = true"));
        });

    [Fact]
    public async Task Verbs_that_a_route_does_not_have_are_refused() => await OnEachAsync(async (route, trial, owner) =>
    {
        using var browser = App.Open();
        await browser.SignInAsync(owner.Browser.Username);
        var token = await Owner.TokenOfAsync(browser);
        var rows = await owner.RowsAsync();
        foreach (var verb in AllVerbs.Except(route.Verbs))
        {
            var answer = await AskAsync(browser, verb, trial.PathOn(route, owner), trial.FieldsOf(owner, token));
            var allowed = route.AnswersAll ? new[] { 200, 400, 404, 405 } : [400, 404, 405];
            Assert.True(allowed.Contains(answer.Status), $"{verb} {route} answered {answer.Status}.");
            Assert.Equal(rows, await owner.RowsAsync());
        }
    }, signsIn: true);

    [Fact]
    public async Task Asked_for_the_head_alone_a_route_answers_the_same_head() => await OnEachAsync(async (route, trial, owner) =>
    {
        if (!route.Reads) return;
        Assert.Contains("HEAD", route.Verbs);
        using var browser = App.Open();
        await browser.SignInAsync(owner.Browser.Username);
        var path = trial.PathOn(route, owner);
        var (whole, head) = (await browser.GetAsync(path), await AskAsync(browser, "HEAD", path, []));
        Assert.Equal((route, whole.Status, whole.MediaType, whole.Location), (route, head.Status, head.MediaType, head.Location));
        Assert.Empty(head.Body);
    }, signsIn: true);

    /// <summary>Runs on every route, each with an owner whose rows stay what they were, and who is an administrator where it takes one.</summary>
    /// <param name="signsIn">Whether the test itself signs in to the owner's account, of which the account has traces.</param>
    private async Task OnEachAsync(Func<Route, Trial, Owner, Task> test, bool signsIn = false)
    {
        using var owner = await Owner.OpenAsync(App, site.Database);
        foreach (var route in await Route.AllAsync(App))
        {
            var trial = Trial.Of(route);
            await site.Database.ExecuteAsync($"update users set is_admin = {(trial.IsForAdministrators ? "true" : "false")} where id = {owner.UserId}");
            var rows = await RowsAsync();
            await test(route, trial, owner);
            Assert.Equal((route, rows), (route, await RowsAsync()));
            Assert.Empty(App.Errors.Lines);
        }

        async Task<string> RowsAsync() => signsIn ? WithoutSignIns(await owner.RowsAsync()) : await owner.RowsAsync();
    }

    private static string WithoutSignIns(string rows) => string.Join('\n', rows.Split('\n').Where(line => !SignIns.Contains(line.Split(':')[0])));

    private async Task<string?> UsersAsync() => await site.Database.ScalarAsync("select count(*) from users");

    private static async Task<Answer> AskAsync(Browser browser, string verb, string path, List<KeyValuePair<string, string>> fields)
    {
        using var form = verb is "GET" or "HEAD" or "OPTIONS" or "TRACE" ? null : new FormUrlEncodedContent(fields);
        return await browser.SendAsync(new HttpMethod(verb), path, form);
    }
}
