namespace ExpenseIQ.Bench.Measuring;

/// <summary>What a scenario takes: latencies in milliseconds, CPU in milliseconds a request.</summary>
internal sealed record Figures(double RequestsPerSecond, double P50, double P99, double ProgramCpu, double DatabaseCpu)
{
    public double Cpu => ProgramCpu + DatabaseCpu;

    /// <summary>The median of each figure.</summary>
    public static Figures MedianOf(IReadOnlyCollection<Figures> rounds) => new(
        Median(rounds.Select(round => round.RequestsPerSecond)),
        Median(rounds.Select(round => round.P50)),
        Median(rounds.Select(round => round.P99)),
        Median(rounds.Select(round => round.ProgramCpu)),
        Median(rounds.Select(round => round.DatabaseCpu)));

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
