using System.Xml.Linq;
using ExpenseIQ.Database;
using ExpenseIQ.Tests.Running;
using ExpenseIQ.Web;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

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
    public async Task Instances_that_make_a_key_at_the_same_time_keep_one()
    {
        await using var database = new ScratchDatabase();
        await database.MigrateAsync();
        await using var one = NewInstance(database);
        await using var other = NewInstance(database);
        // Both looked before either had made a key.
        Assert.Empty(KeysOf(one).GetAllElements());
        Assert.Empty(KeysOf(other).GetAllElements());
        KeysOf(one).StoreElement(new XElement("key", "first"), "first");
        KeysOf(other).StoreElement(new XElement("key", "second"), "second");
        Assert.Equal("first", Assert.Single(KeysOf(other).GetAllElements()).Value);

        // The next one is made by whoever knows the first.
        KeysOf(other).StoreElement(new XElement("key", "third"), "third");
        Assert.Equal(["first", "third"], KeysOf(one).GetAllElements().Select(key => key.Value));
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

    private static ServiceProvider NewInstance(ScratchDatabase database) => new ServiceCollection()
        .AddLogging()
        .AddSingleton(TimeProvider.System)
        .AddSingleton(database.Settings)
        .AddDatabase(database.Settings)
        .AddKeys()
        .BuildServiceProvider();

    private static IXmlRepository KeysOf(ServiceProvider instance) =>
        instance.GetRequiredService<IOptions<KeyManagementOptions>>().Value.XmlRepository!;
}
