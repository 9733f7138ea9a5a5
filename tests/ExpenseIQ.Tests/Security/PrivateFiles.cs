using ExpenseIQ.Tests.CommandLine;
using ExpenseIQ.Tests.Running;

namespace ExpenseIQ.Tests.Security;

/// <summary>Who can read what the program writes, and what it was set up with.</summary>
public sealed class PrivateFiles
{
    private const string Started = "Now listening on: ";

    [Fact]
    public async Task What_the_program_makes_is_its_user_s_alone()
    {
        if (OperatingSystem.IsWindows()) return;
        await using var database = new ScratchDatabase();
        var folder = Path.Combine(database.Settings.DataDirectory, "made", "by the program");
        using var program = ProgramRun.Start(database, [], ("DATA_DIR", folder));
        using var browser = new Browser(await program.ServesAsync(Started), "en-US");
        await browser.RegisterAsync();
        await browser.AddExpenseAsync("1", "2024-11-05");
        // -wal and -shm are there while it runs.
        AssertPrivate(folder);
        Assert.Equal(0, await program.StopAsync());
        AssertPrivate(folder);
    }

    [Fact]
    [Trait("Engine", "none")]
    public async Task A_copy_before_the_schema_changes_is_private_too()
    {
        if (OperatingSystem.IsWindows() || !Engine.IsEmbedded) return;
        await using var database = new ScratchDatabase();
        await database.MigrateAsync();
        await database.Dialect.BackUpAsync("before", TestContext.Current.CancellationToken);
        AssertPrivate(Path.Combine(database.Settings.DataDirectory, "backups"));
    }

    [Theory]
    [Trait("Engine", "none")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Settings_that_everybody_can_read_are_warned_of_in_one_line(bool isOpen)
    {
        if (OperatingSystem.IsWindows()) return;
        await using var database = new ScratchDatabase();
        var file = Path.Combine(database.Settings.DataDirectory, ".env");
        await File.WriteAllTextAsync(file, "SECRET_KEY=canary-secret-key-canary-secret-key\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | (isOpen ? UnixFileMode.OtherRead : UnixFileMode.None));
        using var program = ProgramRun.Start(database, []);
        using var browser = new Browser(await program.ServesAsync(Started), "en-US");
        (await browser.GetAsync("/health/ready")).MustBe(200);
        Assert.Equal(0, await program.StopAsync());
        Assert.Equal(isOpen ? 1 : 0, program.Output.Split('\n').Count(line => line.Contains("chmod 600", StringComparison.Ordinal)));
        Assert.DoesNotContain("canary", program.Output, StringComparison.Ordinal);
    }

    private static void AssertPrivate(string folder)
    {
        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        if (OperatingSystem.IsWindows()) return;
        string[] files = [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)];
        Assert.NotEmpty(files);
        foreach (var made in Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories).Prepend(folder)) Assert.Equal(owner, File.GetUnixFileMode(made));
        foreach (var file in files) Assert.Equal((file, UnixFileMode.UserRead | UnixFileMode.UserWrite), (file, File.GetUnixFileMode(file)));
    }
}
