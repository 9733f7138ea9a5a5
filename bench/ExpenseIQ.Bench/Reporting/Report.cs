using ExpenseIQ.Bench.Measuring;

namespace ExpenseIQ.Bench.Reporting;

/// <summary>All figures of a run; what --json writes and --compare reads.</summary>
internal sealed record Report(Machine Machine, string Commit, DateTime Date, IReadOnlyList<EngineReport> Engines);

/// <summary>One database engine.</summary>
/// <param name="StartMilliseconds">From the start of the process to the first page, the median of three.</param>
/// <param name="RestMiB">Resident memory two seconds after a sign-in.</param>
/// <param name="LoadMiB">Resident memory after the mixed load.</param>
/// <param name="LoadSeconds">How long that lasted.</param>
/// <param name="RawInsertsPerSecond">What the embedded database does alone; null for a server.</param>
internal sealed record EngineReport(
    string Engine,
    double StartMilliseconds,
    double RestMiB,
    double LoadMiB,
    double LoadSeconds,
    double? RawInsertsPerSecond,
    IReadOnlyList<Cell> Cells);

/// <summary>A scenario at a size.</summary>
/// <param name="Set">Which start of the program: see <see cref="CellSet"/>.</param>
/// <param name="Figures">Null where the program does not have the scenario.</param>
/// <param name="Growth">CPU a request, divided by that of the smallest size.</param>
/// <param name="OverBare">CPU a request, divided by that of the bare request of this set and size.</param>
internal sealed record Cell(string Set, string Scenario, string Size, Figures? Figures, double? Growth, double? OverBare)
{
    public string Key => $"{Set} {Scenario} {Size}";
}

internal static class CellSet
{
    /// <summary>CACHE_MB=0: each answer is worked out anew. This is what growth is judged by.</summary>
    public const string Computed = "computed";

    /// <summary>As the program comes.</summary>
    public const string Default = "default";
}
