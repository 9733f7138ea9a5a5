using ExpenseIQ.Bench.Measuring;
using ExpenseIQ.Bench.Reporting;
using ExpenseIQ.Bench.Running;
using ExpenseIQ.Bench.Scenarios;

namespace ExpenseIQ.Bench;

/// <summary>What a scenario does with the history.</summary>
internal sealed record GrowthFinding(string Engine, string Scenario, string Text, bool Passes);

/// <summary>The short form for CI: whether a hundred times the history costs much more CPU.</summary>
internal static class Growth
{
    private const double Limit = 1.3;
    private const double NowhereLimit = 50;
    private const int Repetitions = 2;

    private static readonly Rounds First = Rounds.Of(3, 0.6);

    /// <summary>Noise must not fail a build: what is above the limit is measured again, longer.</summary>
    private static readonly Rounds Again = Rounds.Of(5, 2);

    private static readonly Plan Plan = new()
    {
        Accounts = [Account.Thousand, Account.HundredThousand],
        Computed = First,
        Cached = First,
        Writes = First,
        MixedLoad = TimeSpan.Zero,
    };

    public static async Task<int> RunAsync(IReadOnlyList<string> engines, CancellationToken cancellationToken)
    {
        using var workspace = new Workspace();
        await Console.Error.WriteLineAsync("bin/bench: publishing");
        await workspace.PublishAsync(cancellationToken);
        var findings = new List<GrowthFinding>();
        foreach (var engine in engines)
        {
            await using var server = await DatabaseServer.StartAsync(engine, workspace, cancellationToken);
            var bench = new EngineBench(new Installation(workspace, server), Plan);
            await bench.LoadAsync(Plan.Accounts, cancellationToken);
            await bench.WithProgramAsync(
                isCached: false,
                async (measurement, sessions) =>
                {
                    foreach (var scenario in Reads.All.Append(Writes.Add).Append(Writes.Edit))
                        findings.Add(await JudgeAsync(engine, scenario, measurement, sessions, cancellationToken));
                },
                cancellationToken);
        }
        var table = new TextTable(4, "", "", "", "");
        foreach (var finding in findings) table.Add(finding.Passes ? "ok" : "FAILED", finding.Engine, finding.Scenario, finding.Text);
        await Console.Out.WriteLineAsync(table.ToString().TrimStart());
        return findings.All(finding => finding.Passes) ? 0 : 1;
    }

    private static async Task<GrowthFinding> JudgeAsync(
        string engine, Scenario scenario, Measurement measurement, IReadOnlyList<Session> sessions, CancellationToken cancellationToken)
    {
        await Console.Error.WriteLineAsync($"bin/bench: {engine}: {scenario.Name}");
        if (scenario.Name == Scenario.Nowhere)
        {
            var time = await measurement.AloneAsync(scenario, sessions[^1], cancellationToken);
            return new GrowthFinding(engine, scenario.Name, $"{time:0.0} ms at 100k (at most {NowhereLimit} ms)", time <= NowhereLimit);
        }
        var tries = 0;
        while (true)
        {
            var figures = await measurement.RunAsync(scenario, sessions, tries == 0 ? First : Again, cancellationToken);
            if (figures is not [{ } small, { } large]) return new GrowthFinding(engine, scenario.Name, "n/a", true);
            var growth = large.Growth;
            if (growth <= Limit || tries == Repetitions)
            {
                var text = $"×{growth:0.00} CPU a request from 1k to 100k ({small.Cpu:0.000} to {large.Cpu:0.000} ms; at most ×{Limit})";
                return new GrowthFinding(engine, scenario.Name, text, growth <= Limit);
            }
            tries++;
        }
    }
}
