using ExpenseIQ.Database;
using ExpenseIQ.Database.Dialects;
using Microsoft.AspNetCore.DataProtection;

namespace ExpenseIQ.CommandLine;

/// <summary>Serves the site until it is stopped.</summary>
internal static class Serving
{
    public static async Task<int> RunAsync(bool demo, CancellationToken cancellationToken)
    {
        var settings = Settings.FromEnvironment();
        await using var app = Program.Build(settings);
        // The pages are discovered on one core while the other opens the database.
        var discovery = Task.Run(() => ((IEndpointRouteBuilder)app).DataSources.Sum(source => source.Endpoints.Count), cancellationToken);
        await PrepareAsync(app, cancellationToken);
        await discovery;
        if (demo) await Demo.PrepareAsync(app.Services, cancellationToken);
        await app.StartAsync(cancellationToken);
        if (demo) await Console.Out.WriteLineAsync($"Sign in to the demo at {string.Join(", ", app.Urls.Select(url => url + settings.BasePath))} as {Demo.Username} with the password {Demo.Password}");
        await app.WaitForShutdownAsync(cancellationToken);
        return 0;
    }

    /// <summary>Makes the data folder, the schema and the keys that sign cookies exist.</summary>
    public static async Task PrepareAsync(WebApplication app, CancellationToken cancellationToken)
    {
        var services = app.Services;
        var settings = services.GetRequiredService<Settings>();
        if (settings.OpenFile is { } file) Log.OpenFile(app.Logger, file);
        CreatePrivate(settings.DataDirectory);
        foreach (var name in await services.GetRequiredService<Migrator>().ApplyAsync(cancellationToken))
            Log.Migrated(app.Logger, name);
        Log.Uses(app.Logger, services.GetRequiredService<Dialect>().Description);
        // Signing once makes the key at a quiet moment, not in somebody's first request.
        services.GetRequiredService<IDataProtectionProvider>().CreateProtector("start").Protect([]);
    }

    private static void CreatePrivate(string folder)
    {
        try
        {
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
            else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException("DATA_DIR", folder, "a folder that the program may make and write to");
        }
    }
}

internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "Applied migration {Name}.")]
    public static partial void Migrated(ILogger logger, string name);

    [LoggerMessage(LogLevel.Warning, "Everybody on this machine can read {File}, and secrets may be in it: chmod 600 makes it yours alone.")]
    public static partial void OpenFile(ILogger logger, string file);

    [LoggerMessage(LogLevel.Information, "The data is on {Database}.")]
    public static partial void Uses(ILogger logger, string database);
}
