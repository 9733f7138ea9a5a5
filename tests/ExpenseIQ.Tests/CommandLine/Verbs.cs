using ExpenseIQ.Tests.Running;

namespace ExpenseIQ.Tests.CommandLine;

public sealed class Verbs
{
    [Fact]
    public async Task Migrate_generate_and_verify_work_one_after_the_other()
    {
        await using var database = new ScratchDatabase();
        using var migrate = await ProgramRun.RunAsync(database, ["migrate"]);
        Assert.Equal((0, true), (migrate.ExitCode, migrate.Output.Contains("up to date", StringComparison.Ordinal)));

        string[] generate = ["generate", "--user", "loaded", "--password", "a long password", "--expenses", "500", "--months", "12", "--seed", "3"];
        using var first = await ProgramRun.RunAsync(database, generate);
        Assert.Equal((0, ""), (first.ExitCode, first.Errors));
        using var again = await ProgramRun.RunAsync(database, generate);
        Assert.Equal(0, again.ExitCode);
        Assert.Equal("1000", await database.ScalarAsync("select count(*) from expenses"));
        Assert.Equal("0", await database.ScalarAsync("select count(*) from users where is_admin"));
        using var wrong = await ProgramRun.RunAsync(database, ["generate", "--user", "loaded", "--password", "another password"]);
        Assert.Equal(1, wrong.ExitCode);
        Assert.Contains("another password.", OneLine(wrong), StringComparison.Ordinal);
        using var nameless = await ProgramRun.RunAsync(database, ["generate", "--user", new string('x', 80), "--password", "a long password"]);
        Assert.Equal(1, nameless.ExitCode);
        Assert.Contains("3 to 50 characters", OneLine(nameless), StringComparison.Ordinal);

        using var clean = await ProgramRun.RunAsync(database, ["verify"]);
        Assert.Equal((0, true), (clean.ExitCode, clean.Output.Contains("Everything agrees.", StringComparison.Ordinal)));
        await database.ExecuteAsync("update ledgers set total_minor = total_minor + 1");
        using var damaged = await ProgramRun.RunAsync(database, ["verify"]);
        Assert.Equal(1, damaged.ExitCode);
        Assert.Contains("ledger differs", damaged.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_demo_says_how_to_sign_in_and_that_account_is_no_administrator()
    {
        await using var database = new ScratchDatabase();
        using var program = ProgramRun.Start(database, ["--demo"]);
        var address = await program.ServesAsync("Sign in to the demo");
        using var browser = new Browser(address, "en-US");
        var line = program.Output.Split('\n').Single(text => text.StartsWith("Sign in to the demo at ", StringComparison.Ordinal));
        Assert.Contains(address.Authority, line, StringComparison.Ordinal);
        var words = line.Split(' ');
        await browser.SignInAsync(words[Array.IndexOf(words, "as") + 1], words[^1]);
        Assert.Equal(25, await CountMonthsAsync(database));
        Assert.Equal(12, (await browser.AnalyticsAsync()).Json.GetProperty("monthly").GetProperty("labels").GetArrayLength());

        using var newcomer = new Browser(address, "en-US");
        await newcomer.RegisterAsync();
        Assert.Equal(newcomer.Username, Assert.Single(await database.QueryAsync("select username from users where is_admin"))[0]);
        Assert.Empty(await database.VerifyAsync());
    }

    [Fact]
    [Trait("Engine", "none")]
    public async Task Help_names_the_verbs_and_a_wrong_one_is_refused()
    {
        using var help = await ProgramRun.RunAsync(null, ["--help"]);
        Assert.Equal(0, help.ExitCode);
        Assert.All(["migrate", "verify", "generate", "schema", "health", "--demo"], verb => Assert.Contains(verb, help.Output, StringComparison.Ordinal));
        using var wrong = await ProgramRun.RunAsync(null, ["frobnicate"]);
        Assert.NotEqual(0, wrong.ExitCode);
        using var outOfRange = await ProgramRun.RunAsync(null, ["generate", "--user", "x", "--password", "y", "--expenses", "0"]);
        Assert.NotEqual(0, outOfRange.ExitCode);
        Assert.Contains("--expenses", outOfRange.Errors, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Engine", "none")]
    public async Task Schema_prints_the_file_at_the_root()
    {
        using var program = await ProgramRun.RunAsync(null, ["schema"]);
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "schema.sql"), TestContext.Current.CancellationToken), program.Output);
    }

    [Theory]
    [Trait("Engine", "none")]
    [InlineData("DATA_DIR", "/dev/null/data")]
    [InlineData("PORT", "seventy")]
    [InlineData("HOST", "example.com")]
    [InlineData("ASPNETCORE_ENVIRONMENT", "Staging")]
    [InlineData("SECRET_KEY", "short-secret")]
    [InlineData("DATABASE_URL", "postgres://app:short-secret@db/money")]
    public async Task A_wrong_setting_stops_the_start_with_one_line(string name, string value)
    {
        using var program = await ProgramRun.RunAsync(null, [], (name, value));
        Assert.Equal(1, program.ExitCode);
        Assert.Contains(name, OneLine(program), StringComparison.Ordinal);
        Assert.DoesNotContain("short-secret", program.Errors, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Engine", "none")]
    public async Task A_server_that_does_not_answer_is_said_in_one_line()
    {
        using var program = await ProgramRun.RunAsync(null, ["migrate"], ("DATABASE_URL", "mysql://app:hunter2@127.0.0.1:1/money"));
        Assert.Equal(1, program.ExitCode);
        Assert.DoesNotContain("hunter2", OneLine(program), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_says_whether_the_instance_of_these_settings_is_ready()
    {
        await using var database = new ScratchDatabase();
        await using var app = await RunningApp.StartAsync(database.Settings);
        using var ready = await ProgramRun.RunAsync(database, ["health"], ("HOST", "0.0.0.0"), ("PORT", $"{app.Address.Port}"));
        Assert.Equal((0, "", ""), (ready.ExitCode, ready.Output, ready.Errors));

        await database.ExecuteAsync("alter table site rename to misplaced");
        using var unready = await ProgramRun.RunAsync(database, ["health"], ("PORT", $"{app.Address.Port}"));
        Assert.Equal(1, unready.ExitCode);
        Assert.Contains("answered 503", OneLine(unready), StringComparison.Ordinal);
        await database.ExecuteAsync("alter table misplaced rename to site");

        using var nobody = await ProgramRun.RunAsync(database, ["health"], ("PORT", "1"));
        Assert.Equal(1, nobody.ExitCode);
        Assert.Contains("does not answer", OneLine(nobody), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_in_use_is_said_in_one_line()
    {
        await using var database = new ScratchDatabase();
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
        using var program = await ProgramRun.RunAsync(database, [], ("PORT", $"{port}"));
        Assert.Equal(1, program.ExitCode);
        Assert.Contains("PORT", OneLine(program), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Engine", "none")]
    public async Task The_environment_comes_before_the_file_beside_the_program()
    {
        await using var database = new ScratchDatabase();
        await File.WriteAllTextAsync(
            Path.Combine(database.Settings.DataDirectory, ".env"),
            "# a comment\nPORT=from-the-file\nHOST=\"127.0.0.1\"\n\nDATA_DIR=elsewhere\n",
            TestContext.Current.CancellationToken);
        using var fromEnvironment = await ProgramRun.RunAsync(database, ["migrate"]);
        Assert.Equal((0, ""), (fromEnvironment.ExitCode, fromEnvironment.Errors));
        Assert.True(File.Exists(Path.Combine(database.Settings.DataDirectory, "expenseiq.db")));
        using var fromFile = await ProgramRun.RunAsync(database, ["migrate"], ("PORT", null));
        Assert.Equal(1, fromFile.ExitCode);
        Assert.Contains("from-the-file", OneLine(fromFile), StringComparison.Ordinal);
    }

    private static string OneLine(ProgramRun program)
    {
        var lines = program.Errors.TrimEnd('\n').Split('\n');
        return lines.Length == 1 && lines[0].Length > 0 ? lines[0] : throw new InvalidOperationException($"Not one line:\n{program.Errors}\n{program.Output}");
    }

    private static async Task<int> CountMonthsAsync(ScratchDatabase database) =>
        (await database.QueryAsync("select distinct bucket from totals where kind = 1")).Count;
}
