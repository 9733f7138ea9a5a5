namespace ExpenseIQ.Bench.Measuring;

/// <summary>What a scenario takes: latencies in milliseconds, CPU in milliseconds a request.</summary>
/// <param name="Growth">CPU a request, divided by that of the smallest size; the median of what neighbouring rounds say.</param>
internal sealed record Figures(double RequestsPerSecond, double P50, double P99, double ProgramCpu, double DatabaseCpu, double Growth = 1)
{
    public double Cpu => ProgramCpu + DatabaseCpu;

    /// <summary>The median of each figure.</summary>
    /// <param name="rounds">The rounds of a size.</param>
    /// <param name="smallest">Those of the smallest size, that took turns with them.</param>
    public static Figures MedianOf(IReadOnlyCollection<Figures> rounds, IReadOnlyCollection<Figures> smallest) => new(
        Median(rounds.Select(round => round.RequestsPerSecond)),
        Median(rounds.Select(round => round.P50)),
        Median(rounds.Select(round => round.P99)),
        Median(rounds.Select(round => round.ProgramCpu)),
        Median(rounds.Select(round => round.DatabaseCpu)),
        Median(rounds.Zip(smallest, (round, small) => round.Cpu / small.Cpu)));

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
