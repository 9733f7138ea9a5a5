using ExpenseIQ.Tests.Running;
using OtpNet;

namespace ExpenseIQ.Tests.CommandLine;

/// <summary>The verbs for somebody who lost the password or the authenticator app.</summary>
public sealed class Rescuing
{
    private const string NewPassword = "a password of its own";

    [Fact]
    public async Task A_printed_link_chooses_a_new_password_and_codes_can_be_turned_off()
    {
        await using var database = new ScratchDatabase();
        await using var app = await RunningApp.StartAsync(database.Settings);
        using var owner = await app.OpenAsNewUserAsync();
        using var link = await ProgramRun.RunAsync(database, ["password-link", "--user", owner.Username.ToUpperInvariant()], ("PORT", "5999"));
        Assert.Equal((0, ""), (link.ExitCode, link.Errors));
        var line = link.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1];
        Assert.Matches(@"^http://127\.0\.0\.1:5999/reset\?token=[A-Za-z0-9_-]{43}$", line);
        using var named = await ProgramRun.RunAsync(database, ["password-link", "--user", owner.Email], ("BASE_URL", "https://money.example.com/"));
        Assert.Matches(@"^https://money\.example\.com/reset\?token=[A-Za-z0-9_-]{43}$", named.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1]);
        using var below = await ProgramRun.RunAsync(database, ["password-link", "--user", owner.Email], ("BASE_URL", "https://example.com/money/"));
        Assert.Matches(@"^https://example\.com/money/reset\?token=[A-Za-z0-9_-]{43}$", below.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1]);

        var page = (await owner.GetAsync("/settings/security/codes")).MustBe(200);
        var key = Base32Encoding.ToBytes(page.TextOf("code.key").Replace(" ", "", StringComparison.Ordinal));
        (await owner.PostAsync("/settings/security/codes", Browser.FillFor("/settings/security/codes", page, ("code", new Totp(key).ComputeTotp())))).MustBe(200);

        using var visitor = app.Open();
        var form = (await visitor.GetAsync(new Uri(line).PathAndQuery)).MustBe(200);
        (await visitor.PostAsync("/reset", Browser.Fill(form, ("password", NewPassword), ("confirm", NewPassword)))).MustBe(302);
        Assert.False(await owner.IsSignedInAsync());
        Assert.StartsWith("/login/code", (await visitor.TrySignInAsync(owner.Username, NewPassword)).MustBe(302).Location, StringComparison.Ordinal);

        using var off = await ProgramRun.RunAsync(database, ["codes-off", "--user", owner.Username]);
        Assert.Equal((0, ""), (off.ExitCode, off.Errors));
        using var again = await ProgramRun.RunAsync(database, ["codes-off", "--user", owner.Username]);
        Assert.Equal(1, again.ExitCode);
        Assert.Contains("asked for no codes", again.Errors, StringComparison.Ordinal);
        using var anywhere = app.Open();
        Assert.Equal("/dashboard", (await anywhere.TrySignInAsync(owner.Username, NewPassword)).MustBe(302).Location);
        Assert.Equal("4", await database.ScalarAsync("select count(*) from security_events where user_agent = 'command line'"));
    }

    [Theory]
    [InlineData("password-link")]
    [InlineData("codes-off")]
    public async Task Somebody_who_is_not_there_is_named(string verb)
    {
        await using var database = new ScratchDatabase();
        using var run = await ProgramRun.RunAsync(database, [verb, "--user", "nobody_here"]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("There is no user nobody_here.", run.Errors, StringComparison.Ordinal);
    }
}
