using System.Net;
using System.Net.Sockets;
using ExpenseIQ.Tests.CommandLine;
using ExpenseIQ.Tests.Running;

namespace ExpenseIQ.Tests.Observing;

/// <summary>What the program tells of its work: to a collector, and on the console.</summary>
public sealed class Telling
{
    private const string Started = "Now listening on: ";
    private const string Secret = "canary-secret-key-canary-secret-key";

    /// <summary>Whatever a person types, a browser sends or a database's error repeats; each is sent below.</summary>
    private static readonly string[] Canaries =
    [
        "canary_name", "canary.mail", "canary-password", "canary-wrong", "canary-description", "canary-edited", "canary-search", "canary-agent",
        "canary-token", "canary-sender", "canary-postman", "canary-of-mail", "canary-state", "canary-path", "canary_next", "48151.62", "48,151.62", "4815162", "127.77.0.9", "203.0.113.77", Secret, "canary-collector-key",
    ];

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    public async Task Nothing_private_is_in_traces_metrics_logs_or_on_the_console(string format)
    {
        await using var database = new ScratchDatabase();
        await using var collector = await Collector.StartAsync();
        await using var mails = new SmtpServer();
        using var program = ProgramRun.Start(
            database, [], ("ASPNETCORE_ENVIRONMENT", "Production"), ("SECRET_KEY", Secret), ("LOG_FORMAT", format), ("OTEL_SERVICE_NAME", "expenses-at-home"),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("BASE_URL", "https://site.example"), ("SMTP_HOST", "127.0.0.1"), ("SMTP_PORT", $"{mails.Settings.Port}"), ("SMTP_TLS", "none"),
            ("SMTP_FROM", "canary-sender@site.example"), ("SMTP_USER", "canary-postman"), ("SMTP_PASSWORD", "canary-of-mail"),
            ("OTEL_EXPORTER_OTLP_HEADERS", "X-Collector-Key=canary-collector-key"));
        var address = await program.ServesAsync(Started);
        using var owner = new Browser(address, "en-US");
        var failed = await UseAsync(owner, address, database);
        await AskFromElsewhereAsync(address);
        var link = await ResetAsync(owner, mails);
        if (OperatingSystem.IsLinux()) Assert.Contains("OpenTelemetry", program.MappedFiles, StringComparison.Ordinal);
        Assert.Equal(0, await program.StopAsync());

        var (traces, metrics, logs) = (collector.Received("traces"), collector.Received("metrics"), collector.Received("logs"));
        Assert.Equal("canary-collector-key", collector.Header);
        Assert.All([traces, metrics, logs], signal => Assert.Contains("expenses-at-home", signal, StringComparison.Ordinal));
        Assert.Contains("POST /expenses/{id", traces, StringComparison.Ordinal);
        Assert.Contains("GET /expenses", traces, StringComparison.Ordinal);
        Assert.Contains("http.server.request.duration", metrics, StringComparison.Ordinal);
        Assert.Contains("kestrel.active_connections", metrics, StringComparison.Ordinal);
        Assert.Contains("dotnet.gc.collections", metrics, StringComparison.Ordinal);
        Assert.Contains("exception.stacktrace", logs, StringComparison.Ordinal);
        if (!Engine.IsEmbedded)
        {
            Assert.Contains("db.client.connections.usage", metrics, StringComparison.Ordinal);
            Assert.Contains("insert into expenses", traces, StringComparison.Ordinal);
            Assert.Contains("error.type", traces, StringComparison.Ordinal);
        }

        // The failure is found by one id on the page, in the log, in its span and in the line that was sent.
        var id = failed.TextOf(".request-id code");
        Assert.Equal(id, failed.Headers["X-Request-Id"]);
        var line = Assert.Single(program.Output.Split('\n'), text => text.Contains(" answered 500", StringComparison.Ordinal));
        Assert.Contains(id, line, StringComparison.Ordinal);
        Assert.Contains("POST /expenses/add", line, StringComparison.Ordinal);
        var bytes = System.Text.Encoding.Latin1.GetString(Convert.FromHexString(id));
        Assert.Contains(bytes, traces, StringComparison.Ordinal);
        Assert.Contains(bytes, logs, StringComparison.Ordinal);

        var told = new Dictionary<string, string>(StringComparer.Ordinal) { ["traces"] = traces, ["metrics"] = metrics, ["logs"] = logs, ["console"] = program.Output + program.Errors };
        Assert.Contains("The mail server refused the mail", program.Output, StringComparison.Ordinal);
        Assert.Contains("GET /reset", traces, StringComparison.Ordinal);
        IEnumerable<string> secrets = [.. Canaries, link.Split('=')[1], .. owner.Cookies.GetAllCookies().Select(cookie => cookie.Value)];
        if (database.Settings.MySql is { Password.Length: > 8 } server) secrets = secrets.Append(server.Password);
        foreach (var (where, text) in told)
            foreach (var secret in secrets)
                Assert.False(text.Contains(secret, StringComparison.OrdinalIgnoreCase), $"{secret} is in the {where}: {Around(text, secret)}");
    }

    [Fact]
    public async Task Without_a_collector_nothing_of_it_is_loaded()
    {
        await using var database = new ScratchDatabase();
        using var program = ProgramRun.Start(database, []);
        var address = await program.ServesAsync(Started);
        using var visitor = new Browser(address, "en-US");
        await visitor.RegisterAsync();
        (await visitor.GetAsync("/dashboard")).MustBe(200);
        if (OperatingSystem.IsLinux())
        {
            Assert.Contains("ExpenseIQ.dll", program.MappedFiles, StringComparison.Ordinal);
            Assert.DoesNotContain("OpenTelemetry", program.MappedFiles, StringComparison.Ordinal);
        }
    }

    [Fact]
    [Trait("Engine", "none")]
    public async Task A_collector_that_does_not_answer_disturbs_nothing()
    {
        await using var database = new ScratchDatabase();
        using var program = ProgramRun.Start(database, [], ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1"));
        using var visitor = new Browser(await program.ServesAsync(Started), "en-US");
        (await visitor.GetAsync("/")).MustBe(200);
        Assert.Equal(0, await program.StopAsync());
        Assert.Equal("", program.Errors);
    }

    /// <summary>Registers (twice at once), signs in wrongly and rightly, adds, searches, edits in conflict, and provokes a database's error.</summary>
    /// <returns>The page of that error.</returns>
    private static async Task<Answer> UseAsync(Browser owner, Uri address, ScratchDatabase database)
    {
        (string, string?)[] account =
        [
            ("username", "canary_name"), ("email", "canary.mail@example.org"), ("password", "canary-password"), ("confirm", "canary-password"), ("time_zone", "Etc/UTC"),
        ];
        var others = Enumerable.Range(0, 4).Select(_ => new Browser(address, "en-US")).ToList();
        // Of those who have looked whether the name is free, the database lets one in.
        await Task.WhenAll(others.Select((other, index) => other.PostFormAsync("/register", [.. account, ("username", $"canary_name_{index}")])));
        foreach (var other in others) other.Dispose();
        await owner.PostFormAsync("/register", [.. account, ("email", "canary.mail.2@example.org")]);
        (await owner.PostAsync("/logout", Browser.FillFor("/logout", await owner.GetAsync("/dashboard")))).MustBe(302);
        (await owner.TrySignInAsync("canary_name", "canary-wrong-password")).MustBe(422);
        (await owner.TrySignInAsync("canary_name", "canary-password", path: "/login?next=/expenses%3Fq%3Dcanary_next")).MustBe(302);

        await owner.AddExpenseAsync("48151.62", "2024-11-05", description: "canary-description");
        (await owner.GetAsync("/expenses?q=canary-search&amount_min=48151.62")).MustBe(200);
        (await owner.GetAsync("/api/descriptions?q=canary-search")).MustBe(200);
        (await owner.GetAsync("/canary-path/canary-path?canary-search=1")).MustBe(404);
        (await owner.GetAsync("/expenses/canary-path/edit")).MustBe(404);
        var id = await database.ScalarAsync("select max(id) from expenses");
        var stale = await owner.GetAsync($"/expenses/{id}/edit");
        (await owner.PostAsync($"/expenses/{id}/edit", Browser.Fill(stale, ("description", "canary-edited")))).MustBe(302);
        (await owner.PostAsync($"/expenses/{id}/edit", Browser.Fill(stale, ("description", "canary-edited otherwise")))).MustBe(409);

        // The message of this one repeats the row.
        await database.ExecuteAsync("create unique index canary on expenses (description)");
        return (await owner.TryAddExpenseAsync(("amount", "48151.62"), ("description", "canary-edited"))).MustBe(500);
    }

    /// <summary>Asks for a link to a new password while the mail server refuses it, then gets and uses it; sends one that is none.</summary>
    /// <returns>The link.</returns>
    private static async Task<string> ResetAsync(Browser owner, SmtpServer mails)
    {
        mails.Refusal = "550 canary.mail.2@example.org";
        (await owner.PostAsync("/logout", Browser.FillFor("/logout", await owner.GetAsync("/dashboard")))).MustBe(302);
        (await owner.GetAsync("/reset?token=canary-token")).MustBe(404);
        (await owner.PostFormAsync("/forgot", ("email", "canary_name"))).MustBe(302);
        for (var wait = 0; wait < 500 && mails.Refusals == 0; wait++) await Task.Delay(20, TestContext.Current.CancellationToken);
        mails.Refusal = null;
        (await owner.PostFormAsync("/forgot", ("email", "canary_name"))).MustBe(302);
        var mail = (await mails.WaitForAsync("canary.mail.2@example.org")).First(message => message.TextBody!.Contains("/reset", StringComparison.Ordinal));
        var link = mail.TextBody!.Split('\n').Single(line => line.Contains("/reset", StringComparison.Ordinal)).Trim()["https://site.example".Length..];
        (await owner.PostAsync("/reset", Browser.Fill((await owner.GetAsync(link)).MustBe(200), ("password", "canary-password-2"), ("confirm", "canary-password-2")))).MustBe(302);
        return link;
    }

    /// <summary>A client of another address, with headers of its own.</summary>
    private static async Task AskFromElsewhereAsync(Uri address)
    {
        using var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                // On Linux all of 127.0.0.0/8 is this machine.
                if (OperatingSystem.IsLinux()) socket.Bind(new IPEndPoint(IPAddress.Parse("127.77.0.9"), 0));
                await socket.ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
            ActivityHeadersPropagator = null,
        };
        using var client = new HttpClient(handler);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, "/login?next=canary-search"));
        request.Headers.Add("User-Agent", "canary-agent/1");
        request.Headers.Add("X-Forwarded-For", "203.0.113.77");
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        request.Headers.Add("tracestate", "vendor=canary-state");
        request.Headers.Add("baggage", "who=canary-state");
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static string Around(string text, string secret)
    {
        var at = text.IndexOf(secret, StringComparison.OrdinalIgnoreCase);
        return text[Math.Max(0, at - 200)..Math.Min(text.Length, at + 100)];
    }
}
