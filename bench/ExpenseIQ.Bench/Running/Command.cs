using System.Diagnostics;

namespace ExpenseIQ.Bench.Running;

/// <summary>Another program, run to its end.</summary>
internal static class Command
{
    /// <summary>What would lead the measured program to another database.</summary>
    private static readonly string[] Unwanted = ["DATABASE_URL", "CLEARDB_DATABASE_URL", "JAWSDB_URL", "MYSQL_HOST", "HOST", "SECRET_KEY", "CACHE_MB"];

    /// <summary>Its standard output, trimmed.</summary>
    /// <exception cref="BenchException">It failed; its output is in the message.</exception>
    public static async Task<string> RunAsync(
        IEnumerable<string> words, string folder, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var start = StartInfo(words, folder, environment);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using var process = Process.Start(start) ?? throw new BenchException($"{start.FileName} can't be started");
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            var text = (await output).Trim();
            if (process.ExitCode == 0) return text;
            throw new BenchException($"{start.FileName} failed ({process.ExitCode}):\n{text}\n{(await errors).Trim()}");
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    public static ProcessStartInfo StartInfo(IEnumerable<string> words, string folder, IReadOnlyDictionary<string, string> environment)
    {
        var all = words.ToArray();
        var start = new ProcessStartInfo(all[0], all[1..]) { WorkingDirectory = folder };
        foreach (var name in Unwanted) start.Environment.Remove(name);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return start;
    }
}
