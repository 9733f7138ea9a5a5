using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ExpenseIQ.Mailing;
using MimeKit;

namespace ExpenseIQ.Tests.Running;

/// <summary>A mail server that keeps what it is handed, and does as the test wants it to.</summary>
internal sealed class SmtpServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentQueue<MimeMessage> taken = new();
    private readonly X509Certificate2? certificate;
    private readonly Task accepting;
    private int refusals;

    /// <param name="certificate">What it shows who wants STARTTLS; null: it offers none.</param>
    public SmtpServer(X509Certificate2? certificate = null)
    {
        this.certificate = certificate;
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <summary>What the program has to know; without encryption.</summary>
    public MailSettings Settings => new("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port, null, null, "ExpenseIQ <money@site.example>", MailEncryption.None);

    /// <summary>What it took, in that order.</summary>
    public IReadOnlyList<MimeMessage> Taken => [.. taken];

    /// <summary>How often it refused a receiver.</summary>
    public int Refusals => Volatile.Read(ref refusals);

    /// <summary>What it answers to a receiver; null: it takes the mail.</summary>
    public string? Refusal { get; set; }

    /// <summary>Whether it hangs up on everybody.</summary>
    public bool IsDown { get; set; }

    /// <summary>The words that clients gave after AUTH PLAIN, decoded.</summary>
    public string? Credentials { get; private set; }

    /// <summary>Whether the last mail came over TLS.</summary>
    public bool WasEncrypted { get; private set; }

    /// <summary>The mails to an address, once there are so many.</summary>
    public async Task<IReadOnlyList<MimeMessage>> WaitForAsync(string address, int count = 1, Action? meanwhile = null)
    {
        var end = DateTime.UtcNow + Patience;
        while (true)
        {
            var found = To(address);
            if (found.Count >= count) return found;
            if (DateTime.UtcNow > end) throw new TimeoutException($"{found.Count} instead of {count} mails came to {address}.");
            meanwhile?.Invoke();
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    public IReadOnlyList<MimeMessage> To(string address) => [.. taken.Where(mail => mail.To.Mailboxes.Any(to => to.Address == address))];

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Dispose();
        await accepting;
        stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await listener.AcceptTcpClientAsync(stopping.Token));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            if (IsDown) return;
            try
            {
                await TalkAsync(client.GetStream());
            }
            catch (Exception exception) when (exception is IOException or System.Security.Authentication.AuthenticationException or ObjectDisposedException)
            {
                // The client went away.
            }
        }
    }

    private async Task TalkAsync(Stream stream)
    {
        await SayAsync(stream, "220 test");
        while (await HearAsync(stream) is { } line)
        {
            switch (line.Split(' ')[0].ToUpperInvariant())
            {
                case "EHLO":
                    await SayAsync(stream, $"250-test\r\n{(certificate is not null && stream is not SslStream ? "250-STARTTLS\r\n" : "")}250 AUTH PLAIN");
                    break;
                case "STARTTLS":
                    await SayAsync(stream, "220 go ahead");
                    var encrypted = new SslStream(stream);
                    await encrypted.AuthenticateAsServerAsync(certificate!);
                    stream = encrypted;
                    break;
                case "AUTH":
                    Credentials = Encoding.UTF8.GetString(Convert.FromBase64String(line.Split(' ')[2]));
                    await SayAsync(stream, "235 ok");
                    break;
                case "RCPT":
                    await SayAsync(stream, Refusal ?? "250 ok");
                    if (Refusal is not null) Interlocked.Increment(ref refusals);
                    break;
                case "DATA":
                    await SayAsync(stream, "354 go ahead");
                    await TakeAsync(stream);
                    WasEncrypted = stream is SslStream;
                    await SayAsync(stream, "250 taken");
                    break;
                case "QUIT":
                    await SayAsync(stream, "221 bye");
                    return;
                default:
                    await SayAsync(stream, "250 ok");
                    break;
            }
        }
    }

    private async Task TakeAsync(Stream stream)
    {
        var text = new StringBuilder();
        while (await HearAsync(stream) is { } line && line != ".") text.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        using var bytes = new MemoryStream(Encoding.Latin1.GetBytes(text.ToString()));
        taken.Enqueue(await MimeMessage.LoadAsync(bytes));
    }

    private static async Task SayAsync(Stream stream, string line) => await stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"));

    /// <summary>A byte at a time: after STARTTLS no byte of what follows may have been read.</summary>
    private static async Task<string?> HearAsync(Stream stream)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (await stream.ReadAsync(one) == 1)
        {
            if (one[0] == '\n') return line.ToString().TrimEnd('\r');
            line.Append((char)one[0]);
        }
        return null;
    }
}
