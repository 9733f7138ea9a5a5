using System.Globalization;
using System.Net;
using AngleSharp.Html.Dom;

namespace ExpenseIQ.Tests.Running;

/// <summary>Somebody at a browser: keeps cookies, sends forms as the pages hold them, follows no redirect by itself.</summary>
internal sealed class Browser : IDisposable
{
    public const string Password = "correct horse battery";
    private static int people;
    private readonly HttpClient client;

    /// <summary>The path that the site lies below; empty at the root of its host.</summary>
    private readonly string site;

    /// <param name="strips">Whether a proxy in front takes the site's path off each request.</param>
    public Browser(Uri address, string language, bool strips = false)
    {
        site = address.AbsolutePath.TrimEnd('/');
        HttpMessageHandler handler = new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false };
        client = new HttpClient(strips ? new StrippingProxy(site) { InnerHandler = handler } : handler) { BaseAddress = address };
        client.DefaultRequestHeaders.TryAddWithoutValidation("Accept-Language", language);
        client.DefaultRequestHeaders.Add("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
    }

    /// <summary>Whom this browser registered.</summary>
    public string Username { get; private set; } = "";

    public string Email => $"{Username}@example.org";

    /// <summary>The cookies as a browser keeps them, but that ones for HTTPS are kept and sent here too, and none grows old.</summary>
    public CookieContainer Cookies { get; private set; } = new();

    public static string NewName() => $"person_{Interlocked.Increment(ref people)}_{Guid.NewGuid().ToString("N")[..8]}";

    /// <param name="path">A path of the site, with or without the one that it lies below; or a whole address.</param>
    /// <param name="headers">What to send beside cookies.</param>
    public Task<Answer> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, headers);

    public async Task<Answer> SendAsync(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(InSite(path), UriKind.RelativeOrAbsolute)) { Content = content };
        var cookies = Cookies.GetCookieHeader(client.BaseAddress!);
        if (cookies.Length > 0) request.Headers.Add("Cookie", cookies);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Keep(response);
        return await Answer.ReadAsync(response);
    }

    /// <summary>Sends fields as they are, without asking for the page first.</summary>
    public async Task<Answer> PostAsync(string path, IEnumerable<KeyValuePair<string, string>> fields, params (string Name, string Value)[] headers)
    {
        using var content = new FormUrlEncodedContent(fields);
        return await SendAsync(HttpMethod.Post, path, content, headers);
    }

    /// <summary>Opens the page, fills its form and sends it; a field that is set to null is left out.</summary>
    public async Task<Answer> PostFormAsync(string path, params (string Field, string? Value)[] fields)
    {
        var page = (await GetAsync(path)).MustBe(HttpStatusCode.OK);
        return await PostAsync(path, Fill(page, fields));
    }

    /// <summary>What a browser would send of the page's own form: its fields as they stand, then what was typed.</summary>
    public static Dictionary<string, string> Fill(Answer page, params (string Field, string? Value)[] fields) =>
        FillFor(page.Address.AbsolutePath, page, fields);

    /// <summary>The same for the form on the page that is sent to another path.</summary>
    public static Dictionary<string, string> FillFor(string path, Answer page, params (string Field, string? Value)[] fields)
    {
        var form = page.Page.Forms.LastOrDefault(candidate => IsFor(candidate, path))
            ?? throw new InvalidOperationException($"There is no form for {path} on the page {page.Address.AbsolutePath}:\n{page.Text}");
        var sent = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var element in form.Elements)
        {
            switch (element)
            {
                case IHtmlInputElement { Name: { Length: > 0 } name } input when input.Type is not ("radio" or "checkbox" or "submit") || input.IsChecked:
                    sent.TryAdd(name, input.Value);
                    break;
                case IHtmlSelectElement { Name: { Length: > 0 } name, Value: { } value }:
                    sent[name] = value;
                    break;
                case IHtmlTextAreaElement { Name: { Length: > 0 } name } area:
                    sent[name] = area.Value;
                    break;
            }
        }
        foreach (var (field, value) in fields)
        {
            if (value is null) sent.Remove(field);
            else sent[field] = value;
        }
        return sent;
    }

    /// <summary>Makes an account; without a name, one that nobody has.</summary>
    public async Task RegisterAsync(string? username = null, string? timeZone = null, string password = Password)
    {
        Username = username ?? NewName();
        var answer = await PostFormAsync(
            "/register", ("username", Username), ("email", Email), ("password", password), ("confirm", password), ("time_zone", timeZone ?? "Etc/UTC"));
        answer.MustBe(HttpStatusCode.Redirect);
    }

    public Task<Answer> TrySignInAsync(string name, string password = Password, bool remember = false, string path = "/login") =>
        PostFormAsync(path, ("email", name), ("password", password), ("remember", remember ? "true" : null));

    public async Task SignInAsync(string name, string password = Password, bool remember = false)
    {
        (await TrySignInAsync(name, password, remember)).MustBe(HttpStatusCode.Redirect);
        Username = name;
    }

    /// <summary>Signs in to the same account from a browser that it was never seen at.</summary>
    public async Task<Answer> TrySignInAgainAsync(RunningApp app, string password = Password)
    {
        using var browser = app.Open();
        return await browser.TrySignInAsync(Username, password);
    }

    public Task<Answer> TryAddExpenseAsync(params (string Field, string? Value)[] fields) =>
        PostFormAsync("/expenses/add", [("amount", "12.50"), ("category_id", "1"), ("description", "Lunch"), ("date", "2024-11-05"), .. fields]);

    public async Task AddExpenseAsync(string amount, string date, long category = 1, string description = "Lunch") =>
        (await TryAddExpenseAsync(
            ("amount", amount),
            ("category_id", category.ToString(CultureInfo.InvariantCulture)),
            ("description", description),
            ("date", date))).MustBe(HttpStatusCode.Redirect);

    /// <summary>GET /api/analytics, which must answer.</summary>
    public async Task<Answer> AnalyticsAsync(string? month = null) =>
        (await GetAsync("/api/analytics" + (month is null ? "" : $"?month={month}"))).MustBe(HttpStatusCode.OK);

    /// <summary>Whether the site knows who this is.</summary>
    public async Task<bool> IsSignedInAsync() => (await GetAsync("/api/analytics")).Status == 200;

    public void TakeCookiesOf(Browser other)
    {
        foreach (Cookie cookie in other.Cookies.GetAllCookies()) Cookies.Add(client.BaseAddress!, new Cookie(cookie.Name, cookie.Value, "/"));
        Username = other.Username;
    }

    public string? CookieOf(string name) => Cookies.GetAllCookies().FirstOrDefault(cookie => cookie.Name == name)?.Value;

    public void Dispose() => client.Dispose();

    private string InSite(string path) => path.StartsWith('/') && !path.StartsWith(site + "/", StringComparison.Ordinal) ? site + path : path;

    private static bool IsFor(IHtmlFormElement form, string path) =>
        form.Method == "post" && (form.GetAttribute("action") is not { Length: > 0 } action || action.Split('?')[0] == path);

    private void Keep(HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues("Set-Cookie", out var lines)) return;
        foreach (var line in lines)
        {
            var (name, value) = line.Split(';')[0].Split('=', 2) is [var left, var right] ? (left, right) : (line, "");
            // The clock of an app may stand in another year than this machine's: an empty value is what takes a cookie away.
            Cookies.Add(client.BaseAddress!, new Cookie(name, value, "/") { Expired = value.Length == 0 });
        }
    }
}
