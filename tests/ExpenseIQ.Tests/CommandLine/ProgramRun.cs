using System.Diagnostics;
using System.Text;
using ExpenseIQ.Tests.Running;

namespace ExpenseIQ.Tests.CommandLine;

/// <summary>The built program as a process, with nothing of this machine's settings.</summary>
internal sealed class ProgramRun : IDisposable
{
    private static readonly string[] Kept = ["PATH", "HOME", "DOTNET_ROOT", "TMPDIR", "TZ", "LANG"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(50);
    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly StringBuilder errors = new();

    private ProgramRun(Process process) => this.process = process;

    public string Output
    {
        get
        {
            lock (output) return output.ToString();
        }
    }

    public string Errors
    {
        get
        {
            lock (errors) return errors.ToString();
        }
    }

    public static ProgramRun Start(ScratchDatabase? database, string[] arguments, params (string Name, string? Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = database?.Settings.DataDirectory ?? Path.GetTempPath(),
        };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "ExpenseIQ.dll"));
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        foreach (var name in start.Environment.Keys.Except(Kept).ToList()) start.Environment.Remove(name);
        foreach (var (name, value) in SettingsOf(database)) start.Environment[name] = value;
        foreach (var (name, value) in settings)
        {
            if (value is null) start.Environment.Remove(name);
            else start.Environment[name] = value;
        }

        var run = new ProgramRun(new Process { StartInfo = start });
        run.process.OutputDataReceived += (_, line) => Keep(run.output, line.Data);
        run.process.ErrorDataReceived += (_, line) => Keep(run.errors, line.Data);
        run.process.Start();
        run.process.BeginOutputReadLine();
        run.process.BeginErrorReadLine();
        return run;
    }

    /// <summary>Runs to the end.</summary>
    public static async Task<ProgramRun> RunAsync(ScratchDatabase? database, string[] arguments, params (string Name, string? Value)[] settings)
    {
        var run = Start(database, arguments, settings);
        await run.ExitAsync();
        return run;
    }

    public async Task<int> ExitAsync()
    {
        using var timeout = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(timeout.Token);
        return process.ExitCode;
    }

    public int ExitCode => process.ExitCode;

    /// <summary>The files that the process has mapped into its memory, the program's own code among them; on Linux.</summary>
    public string MappedFiles => File.ReadAllText($"/proc/{process.Id}/maps");

    /// <summary>Asks the program to end, as a service's supervisor does, and waits until it has.</summary>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        return await ExitAsync();
    }

    /// <summary>The address that the program says it listens on, once it has said all that it says at its start.</summary>
    /// <param name="last">The beginning of the last line.</param>
    public async Task<Uri> ServesAsync(string last)
    {
        const string marker = "Now listening on: ";
        // The log comes out of a queue of its own, so either may be the last.
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < Patience && !process.HasExited && !(Output.Contains(last, StringComparison.Ordinal) && Output.Contains(marker, StringComparison.Ordinal));)
            await Task.Delay(25, TestContext.Current.CancellationToken);
        var line = Output.Split('\n').FirstOrDefault(text => text.Contains(marker, StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"The program does not serve.\n{Output}\n{Errors}");
        return new Uri(line[(line.IndexOf(marker, StringComparison.Ordinal) + marker.Length)..].Split('"')[0].Trim());
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    private static void Keep(StringBuilder lines, string? line)
    {
        if (line is null) return;
        lock (lines) lines.Append(line).Append('\n');
    }

    private static IEnumerable<(string Name, string Value)> SettingsOf(ScratchDatabase? database)
    {
        yield return ("ASPNETCORE_ENVIRONMENT", "Development");
        yield return ("PORT", "0");
        yield return ("BCRYPT_COST", "10");
        if (database is null) yield break;
        yield return ("DATA_DIR", database.Settings.DataDirectory);
        if (database.Settings.MySql is not { } server) yield break;
        yield return ("MYSQL_HOST", server.Host);
        yield return ("MYSQL_PORT", $"{server.Port}");
        yield return ("MYSQL_USER", server.User);
        yield return ("MYSQL_PASSWORD", server.Password);
        yield return ("MYSQL_DB", server.Database);
    }
}
