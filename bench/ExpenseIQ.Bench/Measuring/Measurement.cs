using ExpenseIQ.Bench.Running;
using ExpenseIQ.Bench.Scenarios;

namespace ExpenseIQ.Bench.Measuring;

/// <summary>Measures scenarios on one running program, for several sessions that take turns.</summary>
internal sealed class Measurement(RunningProgram program)
{
    private static readonly TimeSpan WarmUpSlice = TimeSpan.FromSeconds(0.2);

    private const int MostSettlingSlices = 6;

    /// <summary>A slow scenario gets longer rounds: in a few requests, those that the end cuts off would weigh too much.</summary>
    private const int LeastRequests = 200;
    private static readonly TimeSpan LongestStretch = TimeSpan.FromSeconds(1);

    /// <summary>A very slow one gets rounds in which each connection has had an answer, or as long as this.</summary>
    private static readonly TimeSpan LongestRound = TimeSpan.FromSeconds(4);

    private readonly Wrk wrk = new(program);

    /// <summary>Rounds and the warm-up slice before them.</summary>
    public static int SlicesOf(Rounds rounds) => rounds.Count + 1;

    /// <summary>Lets the program compile what is hot, until the CPU time a request settles.</summary>
    public async Task WarmUpAsync(Load mixture, TimeSpan longest, CancellationToken cancellationToken)
    {
        var slice = TimeSpan.FromSeconds(1);
        var (least, patience) = (double.MaxValue, 2);
        for (var spent = TimeSpan.Zero; spent < longest && patience > 0; spent += slice)
        {
            var cpu = (await RoundAsync(mixture, 0, slice, cancellationToken)).Cpu;
            if (cpu > least * 0.97) patience--;
            least = Math.Min(cpu, least);
        }
    }

    /// <summary>The figures of each session, in their order; null where the program does not have this scenario.</summary>
    public async Task<IReadOnlyList<Figures?>> RunAsync(
        Scenario scenario, IReadOnlyList<Session> sessions, Rounds rounds, CancellationToken cancellationToken)
    {
        var turns = new List<Turn>();
        foreach (var session in sessions)
        {
            if (await scenario.PrepareAsync(session, cancellationToken) is not { } load) return [.. sessions.Select(_ => (Figures?)null)];
            turns.Add(new Turn(load));
        }
        await SettleAsync(turns[0].Load, cancellationToken);
        foreach (var turn in turns)
        {
            var first = await RoundAsync(turn.Load, 0, WarmUpSlice, cancellationToken);
            turn.Length = LengthOf(rounds.Length, first.RequestsPerSecond);
        }
        for (var round = 1; round <= rounds.Count; round++)
        {
            // There and back again, so that a drift of the machine favours no size.
            foreach (var turn in round % 2 == 0 ? turns : Enumerable.Reverse(turns))
            {
                // Long rounds are exact enough that two will do.
                if (round > 2 && turn.Length >= LongestStretch && turn.Length > rounds.Length) continue;
                turn.Rounds.Add(await RoundAsync(turn.Load, round, turn.Length, cancellationToken));
            }
        }
        return [.. turns.Select(turn => Figures.MedianOf(turn.Rounds, turns[0].Rounds))];
    }

    /// <summary>How long a request takes that is alone, in milliseconds: the median.</summary>
    public async Task<double> AloneAsync(Scenario scenario, Session session, CancellationToken cancellationToken)
    {
        var load = await scenario.PrepareAsync(session, cancellationToken) ?? throw new BenchException($"there is no {scenario.Name}");
        return (await wrk.RunAsync(load, 0, TimeSpan.FromSeconds(1), 1, cancellationToken)).P50;
    }

    public async Task LoadAsync(Load load, TimeSpan length, CancellationToken cancellationToken) =>
        await wrk.RunAsync(load, 0, length, Wrk.Connections, cancellationToken);

    /// <summary>The same for one scenario, which is warm but for what is its own. Rows that are deleted can't be used up for this.</summary>
    private async Task SettleAsync(Load load, CancellationToken cancellationToken)
    {
        if (load.IsUsedUp) return;
        var least = double.MaxValue;
        for (var slice = 0; slice < MostSettlingSlices; slice++)
        {
            var cpu = (await RoundAsync(load, 0, WarmUpSlice, cancellationToken)).Cpu;
            if (cpu > least * 0.97) return;
            least = cpu;
        }
    }

    private async Task<Figures> RoundAsync(Load load, int round, TimeSpan length, CancellationToken cancellationToken)
    {
        var before = program.Cpu;
        var result = await wrk.RunAsync(load, round, length, Wrk.Connections, cancellationToken);
        var after = program.Cpu;
        await CalmAsync(cancellationToken);
        if (!load.IsUsedUp && result.Requests == 0 && length < LongestRound) return await RoundAsync(load, round, length * 5, cancellationToken);
        if (result.Requests == 0) throw program.Failure($"not one request was answered in {length.TotalSeconds:0} s");
        return new Figures(
            result.RequestsPerSecond,
            result.P50,
            result.P99,
            (after.Program - before.Program) / result.Requests,
            (after.Database - before.Database) / result.Requests);
    }

    /// <summary>What was cut off ends before the next round begins.</summary>
    private async Task CalmAsync(CancellationToken cancellationToken)
    {
        var before = program.Cpu;
        for (var tries = 0; tries < 50; tries++)
        {
            await Task.Delay(10, cancellationToken);
            var now = program.Cpu;
            if (now.Program - before.Program + now.Database - before.Database < 2) return;
            before = now;
        }
    }

    private static TimeSpan LengthOf(TimeSpan wanted, double requestsPerSecond)
    {
        var stretched = Math.Min(LeastRequests / requestsPerSecond, LongestStretch.TotalSeconds);
        var answered = Math.Min(2 * Wrk.Connections / requestsPerSecond, LongestRound.TotalSeconds);
        return TimeSpan.FromSeconds(Math.Max(wanted.TotalSeconds, Math.Max(stretched, answered)));
    }

    private sealed class Turn(Load load)
    {
        public Load Load { get; } = load;

        public TimeSpan Length { get; set; }

        public List<Figures> Rounds { get; } = [];
    }
}
