namespace ExpenseIQ.Tests.Running;

/// <summary>The working tree that the tests were built in.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    public static string Source { get; } = Path.Combine(Root, "src", "ExpenseIQ");

    /// <summary>The source files of the program with one of these extensions, as path below <see cref="Source"/> and text.</summary>
    public static IEnumerable<(string Path, string Text)> SourceFiles(params string[] extensions) =>
        from file in Directory.EnumerateFiles(Source, "*", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(Source, file).Replace('\\', '/')
        where extensions.Contains(Path.GetExtension(path)) && !path.StartsWith("bin/", StringComparison.Ordinal) && !path.StartsWith("obj/", StringComparison.Ordinal)
        select (path, File.ReadAllText(file));

    private static string Find(DirectoryInfo? folder)
    {
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ExpenseIQ.slnx"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside of the working tree.");
    }
}
