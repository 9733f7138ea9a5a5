using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace ExpenseIQ.Tests.Security;

/// <summary>Sends bytes as they are: what no client library lets through.</summary>
internal static class RawRequest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Sends the head of a request, each letter as the byte of its number, without a body.</summary>
    public static Task<int> AskAsync(Uri site, string head) => SendAsync(site, Encoding.Latin1.GetBytes(head));

    /// <returns>The status; 0 where the connection was closed without an answer.</returns>
    /// <exception cref="OperationCanceledException">Nothing came for long.</exception>
    public static async Task<int> SendAsync(Uri site, byte[] request)
    {
        using var client = new TcpClient();
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(Patience);
        await client.ConnectAsync(site.Host, site.Port, timeout.Token);
        var stream = client.GetStream();
        var answer = new byte[64 * 1024];
        var length = 0;
        try
        {
            await stream.WriteAsync(request, timeout.Token);
            client.Client.Shutdown(SocketShutdown.Send);
            for (int read; length < answer.Length && (read = await stream.ReadAsync(answer.AsMemory(length), timeout.Token)) > 0;) length += read;
        }
        catch (IOException)
        {
            // Closed while more was sent than is read: what came before counts.
        }
        var line = Encoding.Latin1.GetString(answer, 0, length).Split("\r\n")[0].Split(' ');
        return line.Length > 1 ? int.Parse(line[1], CultureInfo.InvariantCulture) : 0;
    }
}
