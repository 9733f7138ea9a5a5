using System.CommandLine;

namespace ExpenseIQ.Bench;

public static class Program
{
    public static async Task<int> Main(string[] args)
    {
        try
        {
            // Servers that this run started have to be ended when it is interrupted.
            var configuration = new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = TimeSpan.FromSeconds(30),
            };
            return await Commands.Create().Parse(args).InvokeAsync(configuration);
        }
        catch (BenchException exception)
        {
            await Console.Error.WriteLineAsync($"bin/bench: {exception.Message}");
            return 1;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("bin/bench: interrupted");
            return 130;
        }
    }
}
