using ExpenseIQ.Bench.Measuring;
using ExpenseIQ.Bench.Reporting;
using ExpenseIQ.Bench.Running;
using ExpenseIQ.Bench.Scenarios;

namespace ExpenseIQ.Bench;

/// <summary>All that is measured of one engine.</summary>
internal sealed class EngineBench(Installation installation, Plan plan)
{
    private const int Starts = 3;
    private const int RawSlices = 6;

    /// <summary>Until the program has given back what it does not need.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan LongestWarmUp = TimeSpan.FromSeconds(8);

    private string Engine => installation.Server.Engine;

    public async Task<EngineReport> RunAsync(CancellationToken cancellationToken)
    {
        await LoadAsync([.. plan.Accounts, .. plan.Neighbours], cancellationToken);
        var (start, rest) = await StartAndRestAsync(cancellationToken);
        var computed = new CellList(CellSet.Computed, plan.Accounts);
        await WithProgramAsync(isCached: false, (measurement, sessions) => MeasureAsync(computed, measurement, sessions, Reads.All, plan.Computed, cancellationToken), cancellationToken);

        var cached = new CellList(CellSet.Default, plan.Accounts);
        var (resident, raw) = (0.0, (double?)null);
        await using (var program = await installation.StartAsync(isCached: true, cancellationToken))
        {
            await WithSessionsAsync(
                program,
                async (measurement, sessions) =>
                {
                    await MeasureAsync(cached, measurement, sessions, Reads.All, plan.Cached, cancellationToken);
                    using var inserts = installation.Server.IsEmbedded ? new RawInserts(installation.DataFolder) : null;
                    inserts?.Run(RawSlices);
                    await MeasureAsync(cached, measurement, sessions, [Writes.Add], plan.Writes, cancellationToken);
                    inserts?.Run(RawSlices);
                    raw = inserts?.PerSecond;
                    var delete = Writes.Delete(Measurement.SlicesOf(plan.Writes));
                    await MeasureAsync(cached, measurement, sessions, [Writes.Edit, delete], plan.Writes, cancellationToken);
                    Progress($"mixed load of {plan.MixedLoad.TotalSeconds} s");
                    await measurement.LoadAsync(Mixture.Of(sessions, writes: true), plan.MixedLoad, cancellationToken);
                    resident = program.ResidentMiB;
                },
                cancellationToken);
        }
        return new EngineReport(Engine, start, rest, resident, plan.MixedLoad.TotalSeconds, raw, [.. computed.Cells, .. cached.Cells]);
    }

    public async Task LoadAsync(IEnumerable<Account> accounts, CancellationToken cancellationToken)
    {
        foreach (var account in accounts)
        {
            Progress($"{account.Name}: {account.Expenses} expenses");
            await installation.GenerateAsync(account, cancellationToken);
        }
    }

    /// <summary>Starts the program, signs everybody in, warms it up.</summary>
    public async Task WithProgramAsync(bool isCached, Func<Measurement, IReadOnlyList<Session>, Task> work, CancellationToken cancellationToken)
    {
        await using var program = await installation.StartAsync(isCached, cancellationToken);
        await WithSessionsAsync(program, work, cancellationToken);
    }

    private async Task WithSessionsAsync(RunningProgram program, Func<Measurement, IReadOnlyList<Session>, Task> work, CancellationToken cancellationToken)
    {
        var sessions = new List<Session>();
        try
        {
            foreach (var account in plan.Accounts) sessions.Add(await Session.SignInAsync(account, program, cancellationToken));
            var measurement = new Measurement(program);
            Progress("warming up");
            await measurement.WarmUpAsync(Mixture.Of(sessions[..1], writes: false), LongestWarmUp, cancellationToken);
            await work(measurement, sessions);
        }
        finally
        {
            sessions.ForEach(session => session.Dispose());
        }
    }

    private async Task MeasureAsync(
        CellList cells, Measurement measurement, IReadOnlyList<Session> sessions, IEnumerable<Scenario> scenarios, Rounds rounds, CancellationToken cancellationToken)
    {
        foreach (var scenario in scenarios)
        {
            Progress(scenario.Name);
            cells.Add(scenario.Name, await measurement.RunAsync(scenario, sessions, rounds, cancellationToken));
        }
    }

    private async Task<(double StartMilliseconds, double RestMiB)> StartAndRestAsync(CancellationToken cancellationToken)
    {
        var starts = new List<double>();
        for (var number = 1; ; number++)
        {
            Progress($"start {number}");
            await using var program = await installation.StartAsync(isCached: true, cancellationToken);
            starts.Add(program.StartTime.TotalMilliseconds);
            if (number < Starts) continue;
            using var session = await Session.SignInAsync(plan.Accounts[0], program, cancellationToken);
            await Task.Delay(Rest, cancellationToken);
            return (Figures.Median(starts), program.ResidentMiB);
        }
    }

    private void Progress(string what) => Console.Error.WriteLine($"bin/bench: {Engine}: {what}");
}
