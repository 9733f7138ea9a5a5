using System.Globalization;

namespace ExpenseIQ.Bench.Reporting;

/// <summary>A report as people read it.</summary>
internal static class ReportText
{
    public static string Of(EngineReport engine)
    {
        var table = new TextTable(3, "answers", "scenario", "size", "requests/s", "p50 ms", "p99 ms", "program ms", "database ms", "growth", "× bare");
        var group = "";
        foreach (var cell in engine.Cells)
        {
            var next = $"{cell.Set} {cell.Scenario}";
            var isNew = next != group;
            if (isNew && group.Length > 0 && !group.StartsWith(cell.Set + " ", StringComparison.Ordinal)) table.Break();
            group = next;
            if (cell.Figures is { } figures)
            {
                table.Add(
                    cell.Set, cell.Scenario, cell.Size, Whole(figures.RequestsPerSecond), Two(figures.P50), Two(figures.P99),
                    Three(figures.ProgramCpu), Three(figures.DatabaseCpu), Ratio(cell.Growth), Ratio(cell.OverBare));
            }
            else if (isNew)
            {
                table.Add(cell.Set, cell.Scenario, "n/a");
            }
        }
        return $"""
            == {engine.Engine}
            first page after the start        {Whole(engine.StartMilliseconds)} ms
            resident, signed in and at rest   {Whole(engine.RestMiB)} MiB
            resident after {Whole(engine.LoadSeconds)} s of mixed load   {Whole(engine.LoadMiB)} MiB
            {AddsOverRaw(engine)}
            {table}
            """;
    }

    public static string Whole(double number) => number.ToString("0", CultureInfo.InvariantCulture);

    public static string Two(double number) => number.ToString("0.00", CultureInfo.InvariantCulture);

    public static string Three(double number) => number.ToString("0.000", CultureInfo.InvariantCulture);

    public static string Ratio(double? number) => number is { } known ? Two(known) : "-";

    private static string AddsOverRaw(EngineReport engine)
    {
        if (engine.RawInsertsPerSecond is not { } raw) return "";
        var shares = engine.Cells
            .Where(cell => cell is { Scenario: "add", Figures: not null })
            .Select(cell => $"{Two(cell.Figures!.RequestsPerSecond / raw)} at {cell.Size}");
        return $"raw inserts, in process           {Whole(raw)}/s; adds over HTTP are, of that: {string.Join(", ", shares)}\n";
    }
}
