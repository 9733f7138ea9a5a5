using ExpenseIQ.Bench.Running;

namespace ExpenseIQ.Bench.Scenarios;

/// <summary>One kind of request.</summary>
/// <param name="Name">How tables and comparisons name it.</param>
/// <param name="PrepareAsync">What wrk is to send for a session; null where the program does not have this (yet).</param>
internal sealed record Scenario(string Name, Func<Session, CancellationToken, Task<Load?>> PrepareAsync)
{
    public const string Bare = "bare";

    /// <summary>Looks at every row, which is its nature: not judged by growth but by how long it takes.</summary>
    public const string Nowhere = "nowhere";
}

/// <summary>What one session sends in a scenario.</summary>
/// <param name="Script">wrk's script of a round; rounds count from 0.</param>
/// <param name="IsUsedUp">Whether a round can't be repeated.</param>
internal sealed record Load(Func<int, string> Script, bool IsUsedUp = false);
