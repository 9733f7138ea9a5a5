using System.Runtime;

namespace ExpenseIQ.Web;

/// <summary>
/// Gives memory back to the system while nobody asks for anything. The collector works when memory is allocated, so what the last
/// request left behind would stay until the next: all that a start or an hour of load needed, on a machine that has better uses for it.
/// </summary>
internal sealed class IdleMemory(TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var garbage = new Garbage();
        using var timer = new PeriodicTimer(Look, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (!garbage.IsWorthCollecting(GC.GetTotalAllocatedBytes())) continue;
            GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }

    /// <summary>What may have piled up since it was last collected, in bytes that were allocated.</summary>
    internal sealed class Garbage
    {
        /// <summary>Health checks and the program's own errands allocate less than this from one look to the next, in bytes.</summary>
        public const long Quiet = 1024 * 1024;

        /// <summary>Less is not worth stopping the program for, in bytes.</summary>
        public const long Much = 8 * 1024 * 1024;

        private long before;
        private long collected;

        /// <summary>Whether little was allocated since the last look, and much since the last collection.</summary>
        /// <param name="allocated">All that was ever allocated, in bytes.</param>
        public bool IsWorthCollecting(long allocated)
        {
            var isQuiet = allocated - before < Quiet;
            before = allocated;
            if (!isQuiet || allocated - collected < Much) return false;
            collected = allocated;
            return true;
        }
    }
}
