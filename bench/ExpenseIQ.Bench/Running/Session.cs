using System.Net;
using System.Text.RegularExpressions;

namespace ExpenseIQ.Bench.Running;

/// <summary>A row that the list shows.</summary>
internal sealed record ListedExpense(string Id, string Date);

/// <summary>An account, signed in as a browser does it.</summary>
internal sealed partial class Session : IDisposable
{
    private readonly HttpClientHandler handler;
    private readonly HttpClient client;

    private Session(Account account, Uri address)
    {
        Account = account;
        handler = new HttpClientHandler { AllowAutoRedirect = false, CheckCertificateRevocationList = true };
        client = new HttpClient(handler) { BaseAddress = address, Timeout = TimeSpan.FromMinutes(5) };
    }

    public Account Account { get; }

    /// <summary>The header that carries the session.</summary>
    public string Cookie { get; private set; } = "";

    /// <summary>What each form of this session has to send.</summary>
    public string FormToken { get; private set; } = "";

    public static async Task<Session> SignInAsync(Account account, RunningProgram program, CancellationToken cancellationToken)
    {
        var session = new Session(account, program.Address);
        try
        {
            using var form = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["csrf_token"] = await session.TokenOfAsync("/login", cancellationToken),
                ["email"] = account.Name,
                ["password"] = Account.Password,
            });
            using var response = await session.client.PostAsync(new Uri("/login", UriKind.Relative), form, cancellationToken);
            if (response.StatusCode != HttpStatusCode.Redirect) throw program.Failure($"{account.Name} could not sign in: {response.StatusCode}");
            session.FormToken = await session.TokenOfAsync("/expenses/add", cancellationToken);
            session.Cookie = session.handler.CookieContainer.GetCookieHeader(program.Address);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>The status and the ETag of a page.</summary>
    public async Task<(int Status, string? Tag)> ProbeAsync(string path, string? knownTag, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (knownTag is not null) request.Headers.TryAddWithoutValidation("If-None-Match", knownTag);
        using var response = await client.SendAsync(request, cancellationToken);
        return ((int)response.StatusCode, response.Headers.ETag?.ToString());
    }

    /// <summary>As many of the user's rows as are wanted, or all, from the list's pages.</summary>
    public async Task<IReadOnlyList<ListedExpense>> ListAsync(int wanted, CancellationToken cancellationToken)
    {
        var rows = new List<ListedExpense>();
        for (var path = "/expenses"; path is not null && rows.Count < wanted;)
        {
            var page = await GetAsync(path, cancellationToken);
            rows.AddRange(RowsOf(page));
            path = NextPage().Match(page) is { Success: true } next ? WebUtility.HtmlDecode(next.Groups[1].Value) : null;
        }
        return rows;
    }

    public void Dispose()
    {
        client.Dispose();
        handler.Dispose();
    }

    /// <summary>The rows stand below their days.</summary>
    private static IEnumerable<ListedExpense> RowsOf(string page)
    {
        var day = "";
        foreach (Match match in DayOrRow().Matches(page))
        {
            if (match.Groups["day"] is { Success: true } found) day = found.Value;
            else yield return new ListedExpense(match.Groups["id"].Value, day);
        }
    }

    private async Task<string> TokenOfAsync(string path, CancellationToken cancellationToken)
    {
        var token = Token().Match(await GetAsync(path, cancellationToken));
        return token.Success ? WebUtility.HtmlDecode(token.Groups[1].Value) : throw new BenchException($"{path} has no form token");
    }

    private async Task<string> GetAsync(string path, CancellationToken cancellationToken) =>
        await client.GetStringAsync(new Uri(path, UriKind.Relative), cancellationToken);

    [GeneratedRegex("""name="csrf_token"[^>]*value="([^"]*)""")]
    private static partial Regex Token();

    [GeneratedRegex("""data-day="(?<day>[\d-]+)"|data-id="(?<id>\d+)""")]
    private static partial Regex DayOrRow();

    [GeneratedRegex("""<a(?=[^>]*rel="next")[^>]*href="([^"]*)""")]
    private static partial Regex NextPage();
}
