using System.Diagnostics;
using System.Globalization;
using ExpenseIQ.Bench.Running;
using ExpenseIQ.Bench.Scenarios;

namespace ExpenseIQ.Bench.Measuring;

/// <summary>What wrk saw: the rate, and latencies in milliseconds.</summary>
internal sealed record WrkResult(int Requests, double Seconds, double P50, double P99)
{
    public double RequestsPerSecond => Requests / Seconds;
}

/// <summary>Runs wrk. It counts whole seconds only, so it is told to run long and stopped when the time is over.</summary>
internal sealed class Wrk(RunningProgram program)
{
    public const int Connections = 16;

    public async Task<WrkResult> RunAsync(Load load, int round, TimeSpan length, int connections, CancellationToken cancellationToken)
    {
        var script = Path.Combine(program.Installation.ScriptFolder, "load.lua");
        await File.WriteAllTextAsync(script, load.Script(round), cancellationToken);
        var text = connections.ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo(
            "wrk", ["-t1", "-c", text, "-d600s", "--timeout", "60s", "--latency", "-s", script, program.Address.ToString()])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start) ?? throw new BenchException("wrk can't be started");
        try
        {
            return Check(await ReadAsync(process, length, cancellationToken));
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }

    private static async Task<string[]> ReadAsync(Process process, TimeSpan length, CancellationToken cancellationToken)
    {
        var output = process.StandardOutput;
        var finished = WaitForAsync(output, LuaScript.FinishedWord, cancellationToken);
        await Task.WhenAny(finished, Task.Delay(length, cancellationToken));
        cancellationToken.ThrowIfCancellationRequested();
        ProcessCosts.Interrupt(process.Id);
        var result = await finished ?? await WaitForAsync(output, LuaScript.ResultWord, cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return result?.Split(' ') ?? throw new BenchException("wrk ended without a result");
    }

    /// <summary>The line that begins with a word, or an earlier one with the result, or null at the end.</summary>
    private static async Task<string?> WaitForAsync(StreamReader output, string word, CancellationToken cancellationToken)
    {
        while (await output.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith(LuaScript.ResultWord, StringComparison.Ordinal)) return line;
            if (line.StartsWith(word, StringComparison.Ordinal)) return null;
        }
        return null;
    }

    private WrkResult Check(string[] words)
    {
        var numbers = words.Skip(1).Select(word => double.Parse(word, CultureInfo.InvariantCulture)).ToArray();
        if (numbers is not [var requests, var microseconds, var p50, var p99, var unexpected, var status, var errors])
            throw new BenchException($"wrk printed: {string.Join(' ', words)}");
        if (unexpected > 0) throw program.Failure($"{unexpected} of {requests} answers were not what was expected, one of them {status}");
        if (errors > 0) throw program.Failure($"{errors} requests got no answer");
        return new WrkResult((int)requests, microseconds / 1e6, p50 / 1e3, p99 / 1e3);
    }
}
