using System.Globalization;
using System.Net;
using AngleSharp.Html.Parser;

namespace ExpenseIQ.Failover;

/// <summary>Somebody with an account, who remembers what the site said was saved.</summary>
internal sealed class Person(Uri address, int number, Journal journal) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan AfterError = TimeSpan.FromMilliseconds(250);
    private readonly HttpClient client = new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer(), CheckCertificateRevocationList = true })
    {
        BaseAddress = address,
        Timeout = TimeSpan.FromSeconds(25),
    };

    /// <summary>The amounts in hundredths of the expenses that are there, by their descriptions, which are all different.</summary>
    private readonly Dictionary<string, long> saved = new(StringComparer.Ordinal);

    /// <summary>Sent, and not heard of any more when the time was over: they may be there or not.</summary>
    private readonly HashSet<string> unknown = new(StringComparer.Ordinal);

    private readonly Random random = new(number);
    private string token = "";
    private int made;

    public async Task RegisterAsync()
    {
        var name = $"person_{number}_{Guid.NewGuid():N}"[..40];
        token = await TokenOfAsync("/register");
        var answer = await PostAsync("/register", new()
        {
            ["username"] = name,
            ["email"] = $"{name}@example.org",
            ["password"] = "correct horse battery",
            ["confirm"] = "correct horse battery",
            ["time_zone"] = "Etc/UTC",
        });
        if (answer is not { StatusCode: HttpStatusCode.Redirect }) throw new InvalidOperationException($"Registration answered {answer?.StatusCode}.");
        token = await TokenOfAsync("/expenses/add");
    }

    public async Task LiveAsync(CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            var (die, victim) = (random.Next(10), saved.Count > 0 ? saved.Keys.ElementAt(random.Next(saved.Count)) : null);
            if (die < 6 || victim is null) await AddAsync(end);
            else if (die < 8) await ReadAsync("/dashboard");
            else if (await IdOfAsync(victim) is { } id) await (die == 8 ? EditAsync(id, victim, end) : DeleteAsync(id, victim, end));
            await Task.Delay(Pause, CancellationToken.None);
        }
    }

    /// <summary>Looks at all that the site has, and at the totals that it keeps.</summary>
    public async Task CompareAsync()
    {
        var text = await InsistAsync(async () => await (await client.GetAsync(new Uri("/expenses/export/csv", UriKind.Relative))).EnsureSuccessStatusCode().Content.ReadAsStringAsync());
        var rows = text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(',')).ToLookup(
            cells => cells[3], cells => long.Parse(cells[4].Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture));
        foreach (var (description, amount) in saved)
        {
            var found = rows[description].ToList();
            if (found.Count == 0) journal.IsLost($"person {number}, {description}");
            else if (found.Count > 1) journal.IsTwice($"person {number}, {description}");
            else if (found[0] != amount && !unknown.Contains(description)) journal.IsWrong($"person {number}, {description} is {found[0]}, not {amount}");
        }
        foreach (var row in rows.Where(row => !saved.ContainsKey(row.Key)))
        {
            if (!unknown.Contains(row.Key)) journal.IsWrong($"person {number}, {row.Key} is there and should not be");
            else if (row.Count() > 1) journal.IsTwice($"person {number}, {row.Key}");
        }
    }

    public void Dispose() => client.Dispose();

    private async Task AddAsync(CancellationToken end)
    {
        var (description, amount) = ($"expense {++made}", random.Next(1, 100_000));
        unknown.Add(description);
        if (!await SendAsync("/expenses/add", Form(description, amount), end)) return;
        unknown.Remove(description);
        saved.Add(description, amount);
    }

    private async Task EditAsync(long id, string description, CancellationToken end)
    {
        var amount = random.Next(1, 100_000);
        unknown.Add(description);
        if (!await SendAsync($"/expenses/{id}/edit", Form(description, amount), end)) return;
        unknown.Remove(description);
        saved[description] = amount;
    }

    private async Task DeleteAsync(long id, string description, CancellationToken end)
    {
        unknown.Add(description);
        saved.Remove(description);
        if (await SendAsync($"/expenses/{id}/delete", new() { ["submission"] = Guid.NewGuid().ToString() }, end)) unknown.Remove(description);
    }

    private static Dictionary<string, string> Form(string description, long amount) => new()
    {
        ["amount"] = string.Create(CultureInfo.InvariantCulture, $"{amount / 100}.{amount % 100:00}"),
        ["category_id"] = "1",
        ["description"] = description,
        ["date"] = "2024-11-05",
        ["submission"] = Guid.NewGuid().ToString(),
    };

    /// <summary>Sends a form until it is acknowledged, each time with the same key; not begun anew once the time is over.</summary>
    private async Task<bool> SendAsync(string path, Dictionary<string, string> form, CancellationToken end)
    {
        while (true)
        {
            if (await PostAsync(path, form) is { StatusCode: HttpStatusCode.Redirect, Headers.Location: { } location })
            {
                if (location.OriginalString.Contains("/login", StringComparison.Ordinal)) throw new InvalidOperationException("The session was lost.");
                journal.Acknowledged();
                return true;
            }
            if (end.IsCancellationRequested) return false;
            await Task.Delay(AfterError, CancellationToken.None);
        }
    }

    private async Task<HttpResponseMessage?> PostAsync(string path, Dictionary<string, string> form)
    {
        form["csrf_token"] = token;
        using var content = new FormUrlEncodedContent(form);
        return await TryAsync(() => client.PostAsync(new Uri(path, UriKind.Relative), content));
    }

    private async Task ReadAsync(string path)
    {
        if (await TryAsync(() => client.GetAsync(new Uri(path, UriKind.Relative))) is { IsSuccessStatusCode: true }) journal.Read();
    }

    private async Task<long?> IdOfAsync(string description)
    {
        var answer = await TryAsync(() => client.GetAsync(new Uri($"/expenses?search={Uri.EscapeDataString(description)}", UriKind.Relative)));
        if (answer is not { IsSuccessStatusCode: true }) return null;
        journal.Read();
        var page = await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStreamAsync());
        var row = page.QuerySelectorAll("tr[data-id]").FirstOrDefault(row => row.QuerySelector(".description a")?.TextContent.Trim() == description);
        return row?.GetAttribute("data-id") is { } id ? long.Parse(id, CultureInfo.InvariantCulture) : null;
    }

    private async Task<HttpResponseMessage?> TryAsync(Func<Task<HttpResponseMessage>> ask)
    {
        try
        {
            var answer = await ask();
            if ((int)answer.StatusCode >= 400) journal.Failed(string.Create(CultureInfo.InvariantCulture, $"{(int)answer.StatusCode}"));
            return answer;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            journal.Failed(exception is HttpRequestException ? "broken" : "timeout");
            return null;
        }
    }

    private Task<string> TokenOfAsync(string path) => InsistAsync(async () =>
    {
        var page = await new HtmlParser().ParseDocumentAsync(await client.GetStreamAsync(new Uri(path, UriKind.Relative)));
        return page.QuerySelector("main input[name=csrf_token]")?.GetAttribute("value") ?? throw new HttpRequestException($"There is no form on {path}.");
    });

    private static async Task<T> InsistAsync<T>(Func<Task<T>> ask)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await ask();
            }
            catch (HttpRequestException) when (attempt < 60)
            {
                await Task.Delay(AfterError * 2);
            }
        }
    }
}
