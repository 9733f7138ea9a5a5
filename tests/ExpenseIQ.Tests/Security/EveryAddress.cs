using ExpenseIQ.Tests.Running;

namespace ExpenseIQ.Tests.Security;

/// <summary>
/// A site below a path names no address that lies elsewhere, and each that it names is there: every route's answers, signed in and signed
/// out, and what those lead to. A proxy in front passes the path on, or strips it.
/// </summary>
public sealed class EveryAddress(SiteBelowAPath site) : IClassFixture<SiteBelowAPath>
{
    /// <summary>How far links are followed from a route's own answer: pages, their scripts and styles, what those name.</summary>
    private const int Steps = 2;

    /// <summary>405: a form's, to which nothing but the form goes.</summary>
    private static readonly int[] IsThere = [200, 302, 405];

    private RunningApp App => site.App;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task That_somebody_signed_in_gets_lies_below_the_site_s_path(bool strips)
    {
        using var owner = await OpenOwnerAsync();
        for (var number = 0; number < 60; number++) await owner.Browser.AddExpenseAsync("1", "2024-11-07"); // more than a page of the list
        using var browser = App.Open(strips: strips);
        await browser.SignInAsync(owner.Browser.Username);
        await FollowAsync(browser, await PathsAsync(owner, "/expenses?search=nothing+like+it", "/expenses?date_from=2024-02-30", "/settings/account?download=1"));
        foreach (var missing in new[] { "/nothing-here", "/expenses/999999/edit" }) MustLieBelow((await browser.GetAsync(missing)).MustBe(404));
        Assert.Empty(App.Errors.Lines);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task That_somebody_signed_out_gets_lies_below_the_site_s_path(bool strips)
    {
        using var owner = await OpenOwnerAsync();
        using var nobody = App.Open(strips: strips);
        await FollowAsync(nobody, await PathsAsync(owner));
        MustLieBelow((await nobody.GetAsync("/nothing-here")).MustBe(404));
        Assert.Empty(App.Errors.Lines);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task That_a_form_leads_to_lies_below_the_site_s_path(bool strips)
    {
        foreach (var route in (await Route.AllAsync(App)).Where(route => route.TakesForms))
        {
            var trial = Trial.Of(route);
            using var owner = await OpenOwnerAsync();
            using var browser = App.Open(strips: strips);
            await browser.SignInAsync(owner.Browser.Username);
            var (path, token) = (trial.PathOn(route, owner), await Owner.TokenOfAsync(browser));
            // Without a token that fits, without anything in it, and with what the form is for.
            MustLieBelow(await browser.PostAsync(path, trial.FieldsOf(owner, "none")));
            MustLieBelow(await browser.PostAsync(path, [KeyValuePair.Create("csrf_token", token)]));
            MustLieBelow(await browser.PostAsync(path, trial.FieldsOf(owner, token)));
        }
        Assert.Empty(App.Errors.Lines);
    }

    private async Task<Owner> OpenOwnerAsync()
    {
        var owner = await Owner.OpenAsync(App, site.Database);
        await site.Database.ExecuteAsync($"update users set is_admin = true where id = {owner.UserId}");
        return owner;
    }

    private async Task<IReadOnlyList<string>> PathsAsync(Owner owner, params IEnumerable<string> more) =>
        [.. (await Route.AllAsync(App)).Where(route => route.Reads).Select(route => Trial.Of(route).PathOn(route, owner)).Concat(more).Select(path => SiteBelowAPath.Path + path)];

    private static async Task FollowAsync(Browser browser, IReadOnlyList<string> paths)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var next = paths;
        for (var step = 0; step <= Steps; step++)
        {
            var found = new List<string>();
            foreach (var path in next.Where(seen.Add))
            {
                var answer = await browser.GetAsync(path);
                MustLieBelow(answer);
                // A route that is asked for without what it needs may say that it is not there.
                if (step > 0) Assert.True(IsThere.Contains(answer.Status), $"{path} answered {answer.Status}.");
                found.AddRange(NamedAddresses.In(answer).Select(address => address.PathAndQuery).Where(address => !address.EndsWith("/logout", StringComparison.Ordinal)));
            }
            next = found;
        }
        Assert.True(seen.Count > 60, "The links were not found.");
    }

    private static void MustLieBelow(Answer answer) => Assert.All(NamedAddresses.In(answer), address =>
    {
        Assert.Equal(answer.Address.Authority, address.Authority);
        Assert.StartsWith(SiteBelowAPath.Path + "/", address.AbsolutePath, StringComparison.Ordinal);
        Assert.DoesNotContain(SiteBelowAPath.Path + SiteBelowAPath.Path, Uri.UnescapeDataString(address.PathAndQuery), StringComparison.Ordinal);
    });
}
