namespace ExpenseIQ.Bench.Running;

/// <summary>A folder for one run, gone after it: the published program, the data, the servers.</summary>
internal sealed class Workspace : IDisposable
{
    private static readonly Dictionary<string, string> NoEnvironment = [];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("expenseiq-bench-");

    public Workspace()
    {
        // A server that root starts runs as nobody, who has to reach its folder in here.
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Folder, (UnixFileMode)0b111_001_001);
    }

    /// <summary>The clone's root: bin/bench runs us there.</summary>
    public static string Root => Directory.GetCurrentDirectory();

    public string Folder => folder.FullName;

    public string Program => Path.Combine(Folder, "app", "ExpenseIQ");

    public string DataOf(string engine) => Path.Combine(Folder, $"data-{engine}");

    public Task PublishAsync(CancellationToken cancellationToken) => Command.RunAsync(
        [
            "dotnet", "publish", "src/ExpenseIQ", "-c", "Release", "--use-current-runtime", "--no-self-contained",
            "-p:PublishReadyToRun=true", "-o", Path.GetDirectoryName(Program)!, "-v", "quiet", "--nologo",
        ],
        Root,
        NoEnvironment,
        cancellationToken);

    public void Dispose() => folder.Delete(recursive: true);
}
