using System.Diagnostics;
using System.Net;

namespace ExpenseIQ.Bench.Running;

/// <summary>The program, serving; ended when it is disposed of.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(5);

    private readonly Process process;

    private RunningProgram(Process process, int port, Installation installation)
    {
        this.process = process;
        Installation = installation;
        Address = new Uri($"http://127.0.0.1:{port}");
    }

    public Installation Installation { get; }

    public Uri Address { get; }

    /// <summary>From the start of the process to the first page.</summary>
    public TimeSpan StartTime { get; private set; }

    public double ResidentMiB => ProcessCosts.ResidentMiB(process.Id);

    /// <summary>CPU time so far of the program and of the database server, in milliseconds.</summary>
    public (double Program, double Database) Cpu => (
        ProcessCosts.CpuMilliseconds(process.Id),
        Installation.Server.Process is { } server ? ProcessCosts.CpuMilliseconds(server) : 0);

    public static async Task<RunningProgram> StartAsync(
        ProcessStartInfo start, int port, Installation installation, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        var process = Process.Start(start) ?? throw new BenchException($"{installation.Program} can't be started");
        var program = new RunningProgram(process, port, installation);
        try
        {
            using var client = new HttpClient();
            while (!await program.AnswersAsync(client, cancellationToken))
            {
                if (process.HasExited || Stopwatch.GetElapsedTime(began) > Patience) throw program.Failure("the program did not start");
                await Task.Delay(PollInterval, cancellationToken);
            }
            program.StartTime = Stopwatch.GetElapsedTime(began);
            return program;
        }
        catch
        {
            await program.DisposeAsync();
            throw;
        }
    }

    /// <summary>An exception with the end of the program's log.</summary>
    public BenchException Failure(string message)
    {
        var log = File.Exists(Installation.LogFile) ? File.ReadLines(Installation.LogFile).TakeLast(20) : [];
        return new BenchException($"{message}; the end of the program's log:\n{string.Join('\n', log)}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            ProcessCosts.Terminate(process.Id);
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            try
            {
                await process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill();
            }
        }
        process.Dispose();
    }

    private async Task<bool> AnswersAsync(HttpClient client, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await client.GetAsync(Address, cancellationToken);
            return response.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
