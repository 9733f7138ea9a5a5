using ExpenseIQ.Tests.Running;

namespace ExpenseIQ.Tests.Web;

public sealed class SecretKeys
{
    [Fact]
    public async Task Without_one_it_is_made_once_and_readable_by_nobody_else()
    {
        await using var database = new ScratchDatabase();
        var path = Path.Combine(database.Settings.DataDirectory, "secret.key");
        await using (var app = await RunningApp.StartAsync(database.Settings)) Assert.True(File.Exists(path));
        var secret = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(64, secret.Trim().Length);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        await using (var again = await RunningApp.StartAsync(database.Settings)) Assert.Equal(secret, await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Instances_that_start_together_make_one_key_and_know_each_other_s_sessions()
    {
        await using var database = new ScratchDatabase();
        var settings = database.Settings with { SecretKey = new string('k', 32) };
        var apps = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => RunningApp.StartAsync(settings))));
        Assert.Equal("1", await database.ScalarAsync("select count(*) from data_protection_keys"));
        using var browser = await apps[0].OpenAsNewUserAsync();
        using var elsewhere = apps[3].Open();
        elsewhere.TakeCookiesOf(browser);
        Assert.True(await elsewhere.IsSignedInAsync());
        foreach (var app in apps) await app.DisposeAsync();
    }

    [Fact]
    public async Task A_file_that_is_too_short_stops_the_start()
    {
        await using var database = new ScratchDatabase();
        await File.WriteAllTextAsync(Path.Combine(database.Settings.DataDirectory, "secret.key"), "short", TestContext.Current.CancellationToken);
        var refusal = await Assert.ThrowsAnyAsync<Exception>(() => RunningApp.StartAsync(database.Settings));
        Assert.Contains("SECRET_KEY", refusal.GetBaseException().Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_secret_opens_no_session_that_the_first_one_closed()
    {
        await using var database = new ScratchDatabase();
        await using var first = await RunningApp.StartAsync(database.Settings with { SecretKey = new string('a', 32) });
        using var browser = await first.OpenAsNewUserAsync();
        await using var second = await RunningApp.StartAsync(database.Settings with { SecretKey = new string('b', 32) });
        using var elsewhere = second.Open();
        elsewhere.TakeCookiesOf(browser);
        Assert.False(await elsewhere.IsSignedInAsync());
        using var newcomer = await second.OpenAsNewUserAsync();
        Assert.True(await newcomer.IsSignedInAsync());
        // The keys that don't open are one line of warning, not an error each.
        Assert.Empty(second.Errors.Lines);
    }
}
