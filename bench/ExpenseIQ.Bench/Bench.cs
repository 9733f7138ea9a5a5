using System.Text.Json;
using ExpenseIQ.Bench.Measuring;
using ExpenseIQ.Bench.Reporting;
using ExpenseIQ.Bench.Running;

namespace ExpenseIQ.Bench;

/// <summary>The load bench: each engine in turn, a table for each.</summary>
internal static class Bench
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static async Task<int> RunAsync(IReadOnlyList<string> engines, Plan plan, FileInfo? json, FileInfo? compare, CancellationToken cancellationToken)
    {
        // Read first: a file that can't be read should not cost a whole run.
        var earlier = compare is null ? null : Read(compare);
        using var workspace = new Workspace();
        await Console.Error.WriteLineAsync("bin/bench: publishing");
        await workspace.PublishAsync(cancellationToken);

        var reports = new List<EngineReport>();
        foreach (var engine in engines)
        {
            await using var server = await DatabaseServer.StartAsync(engine, workspace, cancellationToken);
            var report = await new EngineBench(new Installation(workspace, server), plan).RunAsync(cancellationToken);
            await Console.Out.WriteLineAsync(ReportText.Of(report) + "\n");
            reports.Add(report);
        }
        var all = new Report(Machine.This(), await CommitAsync(cancellationToken), DateTime.UtcNow, reports);
        await Console.Out.WriteLineAsync($"{all.Machine}; commit {all.Commit}");
        if (json is not null) await File.WriteAllTextAsync(json.FullName, JsonSerializer.Serialize(all, Json) + "\n", cancellationToken);
        if (earlier is not null) await Console.Out.WriteLineAsync("\n" + Comparison.Of(all, earlier));
        return 0;
    }

    private static async Task<string> CommitAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await Command.RunAsync(["git", "describe", "--always", "--dirty"], Workspace.Root, new Dictionary<string, string>(), cancellationToken);
        }
        catch (Exception exception) when (exception is BenchException or System.ComponentModel.Win32Exception)
        {
            return "unknown";
        }
    }

    private static Report Read(FileInfo file)
    {
        try
        {
            return JsonSerializer.Deserialize<Report>(File.ReadAllText(file.FullName), Json) ?? throw new JsonException("It holds nothing.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new BenchException($"{file} can't be read as figures of an earlier run: {exception.Message}");
        }
    }
}
