namespace ExpenseIQ.Bench.Reporting;

/// <summary>Where a run took place.</summary>
internal sealed record Machine(int Cores, string Processor, string Kernel)
{
    public static Machine This()
    {
        var model = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
        return new Machine(
            Environment.ProcessorCount,
            model?[(model.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim() ?? "unknown",
            File.ReadAllText("/proc/sys/kernel/osrelease").Trim());
    }

    public override string ToString() => $"{Cores} cores, {Processor}, Linux {Kernel}";
}
