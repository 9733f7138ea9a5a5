using System.Net;

namespace ExpenseIQ.CommandLine;

/// <summary>Asks a running instance for /health/ready: for a container, whose image need not have a program for that.</summary>
internal static class HealthQuestion
{
    /// <summary>Longer than the instance waits for its database.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    public static async Task<int> AskAsync(Settings settings, CancellationToken cancellationToken)
    {
        var address = new Uri(AddressOf(settings), "/health/ready");
        // A proxy of the environment is for other hosts.
        using var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { Timeout = Patience };
        try
        {
            using var answer = await client.GetAsync(address, cancellationToken);
            if (answer.StatusCode == HttpStatusCode.OK) return 0;
            throw new CommandException($"Not ready: {address} answered {(int)answer.StatusCode}.");
        }
        catch (Exception exception) when (exception is HttpRequestException || (exception is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new CommandException($"Not ready: {address} does not answer.");
        }
    }

    /// <summary>Where the instance with these settings is found on this machine.</summary>
    public static Uri AddressOf(Settings settings) => new UriBuilder("http", HostOf(settings), settings.Port).Uri;

    /// <summary>An instance that listens everywhere is asked on this machine.</summary>
    private static string HostOf(Settings settings) => settings.Host switch
    {
        "0.0.0.0" => "127.0.0.1",
        "::" => "[::1]",
        var host when host.Contains(':', StringComparison.Ordinal) => $"[{host}]",
        var host => host,
    };
}
