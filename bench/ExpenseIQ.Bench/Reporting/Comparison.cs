using System.Globalization;

namespace ExpenseIQ.Bench.Reporting;

/// <summary>Each figure divided by that of an earlier run: below 1 is better, but for requests/s.</summary>
internal static class Comparison
{
    public static string Of(Report now, Report before)
    {
        var text = new List<string> { $"== {now.Commit} divided by {before.Commit} ({before.Date.ToString("u", CultureInfo.InvariantCulture)})" };
        if (now.Machine != before.Machine) text.Add($"Not the same machine: that was {before.Machine}.");
        foreach (var engine in now.Engines)
        {
            if (before.Engines.FirstOrDefault(other => other.Engine == engine.Engine) is { } old) text.Add(Of(engine, old));
            else text.Add($"-- {engine.Engine}: not in the earlier run");
        }
        return string.Join('\n', text);
    }

    private static string Of(EngineReport now, EngineReport before)
    {
        var old = before.Cells.ToDictionary(cell => cell.Key);
        var table = new TextTable(3, "answers", "scenario", "size", "requests/s", "p50", "p99", "program", "database", "CPU");
        foreach (var cell in now.Cells)
        {
            if (cell.Figures is not { } figures) continue;
            if (!old.TryGetValue(cell.Key, out var known) || known.Figures is not { } then)
            {
                table.Add(cell.Set, cell.Scenario, cell.Size, "new");
                continue;
            }
            table.Add(
                cell.Set, cell.Scenario, cell.Size, Over(figures.RequestsPerSecond, then.RequestsPerSecond), Over(figures.P50, then.P50),
                Over(figures.P99, then.P99), Over(figures.ProgramCpu, then.ProgramCpu), Over(figures.DatabaseCpu, then.DatabaseCpu),
                Over(figures.Cpu, then.Cpu));
        }
        return $"""
            -- {now.Engine}: start {Over(now.StartMilliseconds, before.StartMilliseconds)}, resident at rest {Over(now.RestMiB, before.RestMiB)}, after load {Over(now.LoadMiB, before.LoadMiB)}
            {table}
            """;
    }

    private static string Over(double now, double before) => before > 0 ? ReportText.Two(now / before) : "-";
}
