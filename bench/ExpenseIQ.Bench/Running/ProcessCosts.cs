using System.Globalization;
using System.Runtime.InteropServices;

namespace ExpenseIQ.Bench.Running;

/// <summary>What a process uses of the machine.</summary>
internal static partial class ProcessCosts
{
    /// <summary>
    /// CPU time of all its threads so far, those that ended included, in milliseconds. This is the process's own clock, exact
    /// to the nanosecond; /proc/PID/stat counts in hundredths of a second, and the threads in /proc/PID/task vanish.
    /// </summary>
    public static double CpuMilliseconds(int process)
    {
        var clock = (~process << 3) | 2; // clock_getcpuclockid(3): CPUCLOCK_SCHED of the process
        return GetTime(clock, out var time) == 0
            ? (time.Seconds * 1e3) + (time.Nanoseconds / 1e6)
            : throw new BenchException($"process {process} ended while it was measured");
    }

    /// <summary>Memory that is resident, in MiB.</summary>
    public static double ResidentMiB(int process)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return double.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    public static void Interrupt(int process) => _ = Kill(process, 2);

    public static void Terminate(int process) => _ = Kill(process, 15);

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetTime(int clock, out TimeSpecification time);

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int process, int signal);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpecification
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
