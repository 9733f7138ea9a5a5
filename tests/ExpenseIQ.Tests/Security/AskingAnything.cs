using System.Net.Http.Headers;
using System.Text;
using CsCheck;
using ExpenseIQ.Tests.Running;

namespace ExpenseIQ.Tests.Security;

/// <summary>
/// Whatever is sent over the line, the program answers it, soon and without failing inside: forms, queries, headers, cookies, answers of
/// passkeys, request lines. Some hundreds of requests (<see cref="Samples"/>).
/// </summary>
public sealed class AskingAnything(QuietSite site) : IClassFixture<QuietSite>
{
    private static readonly string[] Fields =
    [
        "amount", "category_id", "description", "date", "version", "submission", "back", "done", "email", "username", "password", "confirm", "remember", "next", "code", "leave_out",
        "time_zone", "locale", "currency", "date_format", "first_weekday", "theme", "act", "key", "name", "credential", "state", "draft", "search", "sort", "month", "q", "",
    ];

    private static readonly string[] Headers =
    [
        "Accept", "Accept-Language", "Accept-Encoding", "If-None-Match", "If-Match", "If-Modified-Since", "If-Range", "Range", "Referer", "Origin", "User-Agent", "Sec-Fetch-Site",
        "X-Requested-With", "X-Forwarded-For", "X-Forwarded-Proto", "Forwarded", "Content-Type", "Content-Encoding", "Transfer-Encoding", "Expect", "Upgrade", "Connection", "Cache-Control", "traceparent", "baggage", "Authorization",
    ];

    private static readonly Gen<string> Value = Gen.OneOf(ParsingAnything.Texts, Gen.Int[1, 30_000].Select(length => new string('a', length)));

    private RunningApp App => site.App;

    [Fact]
    public async Task Forms()
    {
        using var browser = await App.OpenAsNewUserAsync();
        using var owner = await Owner.OpenAsync(App, site.Database);
        var routes = (await Route.AllAsync(App)).Where(route => route.TakesForms && route.Template is not ("/logout" or "/settings/security/password")).ToArray();
        var forms = Gen.Select(Gen.Int[0, routes.Length - 1], Gen.Select(Gen.Int[0, Fields.Length - 1], Value).Array[0, 12], Gen.Int[0, 9]);
        var token = await Owner.TokenOfAsync(browser);
        await forms.EachAsync(250, async form =>
        {
            var (number, fields, kind) = form;
            var route = routes[number];
            using var content = Content(kind, [.. fields.Select(field => KeyValuePair.Create(Fields[field.Item1], WellFormed(field.Item2))), new("csrf_token", token)]);
            Expect($"POST {route}", (await browser.SendAsync(HttpMethod.Post, Trial.Of(route).PathOn(route, owner), content)).Status);
        });
        using var many = new FormUrlEncodedContent(Enumerable.Range(0, 2000).Select(index => KeyValuePair.Create($"f{index}", "v")));
        Assert.Equal(400, (await browser.SendAsync(HttpMethod.Post, "/expenses/add", many)).Status);
        using var large = new ByteArrayContent(new byte[300_000]);
        large.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        Assert.Equal(413, (await browser.SendAsync(HttpMethod.Post, "/expenses/add", large)).Status);
    }

    [Fact]
    public async Task Queries()
    {
        using var owner = await Owner.OpenAsync(App, site.Database);
        var routes = (await Route.AllAsync(App)).Where(route => route.Reads).ToArray();
        string[] names = [.. Fields, "date_from", "date_to", "amount_min", "amount_max", "after", "before", "from"];
        var queries = Gen.Select(Gen.Int[0, routes.Length - 1], Gen.Select(Gen.Int[0, names.Length - 1], ParsingAnything.Texts).Array[0, 6]);
        await queries.EachAsync(250, async asked =>
        {
            var route = routes[asked.Item1];
            var path = Trial.Of(route).PathOn(route, owner).Split('?')[0];
            var query = string.Join('&', asked.Item2.Select(field => $"{names[field.Item1]}={Uri.EscapeDataString(WellFormed(field.Item2))}"));
            Expect($"GET {route}", (await owner.Browser.GetAsync($"{path}?{query}")).Status);
        });
    }

    [Fact]
    public async Task Headers_and_request_lines()
    {
        using var owner = await Owner.OpenAsync(App, site.Database);
        var cookie = CookieOf(owner.Browser);
        string[] paths = ["/dashboard", "/expenses", "/api/analytics", "/api/descriptions?q=l", "/expenses/export/csv", "/login", "/css/base.css", "/sw.js", "/error", "/api/passkeys/question"];
        var headers = Gen.Select(Gen.Int[0, paths.Length - 1], Gen.Select(Gen.Int[0, Headers.Length - 1], ParsingAnything.Texts).Array[1, 4]);
        await headers.EachAsync(200, async asked =>
        {
            var lines = string.Concat(asked.Item2.Select(header => $"{Headers[header.Item1]}: {header.Item2.Replace('\r', ' ').Replace('\n', ' ')}\r\n"));
            Expect(lines, await RawRequest.AskAsync(App.Address, $"GET {paths[asked.Item1]} HTTP/1.1\r\nHost: {App.Address.Authority}\r\nCookie: {cookie}\r\n{lines}Connection: close\r\n\r\n"));
        });
        string[] ranges = ["bytes=0-0", "bytes=-1", "bytes=5-2", "bytes=0-,0-,0-,0-,0-", "bytes=99999999999999999999-", "bytes=a-b", "lines=1-2", string.Join(',', Enumerable.Repeat("bytes=0-1", 500))];
        string[] tags = ["*", "\"\"", "W/\"a\"", "\"a\", \"b\"", "\"unfinished", string.Join(',', Enumerable.Repeat("\"x\"", 2000))];
        string[] encodings = ["*", "br;q=0, gzip;q=0, *;q=0", "br;q=9999", "gzip, , br", ";;;", string.Join(',', Enumerable.Repeat("gzip", 2000))];
        foreach (var line in ranges.Select(text => $"Range: {text}").Concat(tags.Select(text => $"If-None-Match: {text}")).Concat(encodings.Select(text => $"Sec-Fetch-Site: same-origin\r\nAccept-Encoding: {text}")))
            foreach (var path in paths) Expect(line, await RawRequest.AskAsync(App.Address, $"GET {path} HTTP/1.1\r\nHost: x\r\nCookie: {cookie}\r\n{line}\r\nConnection: close\r\n\r\n"));

        await Gen.OneOf(ParsingAnything.Texts, ParsingAnything.Texts.Select(text => $"GET {text} HTTP/1.1\r\nHost: x\r\n\r\n"), ParsingAnything.Texts.Select(text => $"GET /expenses?{text} HTTP/1.1\r\nHost: {text}\r\n\r\n"), ParsingAnything.Texts.Select(text => $"{text} / HTTP/1.1\r\nHost: x\r\n\r\n"))
            .EachAsync(150, async request => Expect("a request line", await RawRequest.AskAsync(App.Address, request)));
        Assert.Equal(200, (await owner.Browser.GetAsync("/expenses")).Status);
    }

    [Fact]
    public async Task Cookies()
    {
        using var owner = await Owner.OpenAsync(App, site.Database);
        (await owner.Browser.GetAsync("/expenses/add")).MustBe(200);
        var names = owner.Browser.Cookies.GetAllCookies().Select(cookie => cookie.Name).Append("expenseiq-step").ToArray();
        var changes = Gen.Select(Gen.Int[0, names.Length - 1], Gen.Int[0, 5], Gen.Int[0, 200], ParsingAnything.Texts);
        await changes.EachAsync(200, async change =>
        {
            var (name, kind, at, text) = change;
            var value = owner.Browser.CookieOf(names[name]) ?? "none";
            var changed = kind switch
            {
                0 => value[..(at % value.Length)],
                1 => value + value,
                2 => string.Concat(value.Select((letter, index) => index == at % value.Length ? (char)(letter ^ 1) : letter)),
                3 => $"9223372036854775807.{value}",
                4 => $"{value}.{text}",
                _ => text,
            };
            var line = string.Join("; ", owner.Browser.Cookies.GetAllCookies().Where(cookie => cookie.Name != names[name]).Select(cookie => $"{cookie.Name}={cookie.Value}").Append($"{names[name]}={changed.Replace('\r', ' ').Replace('\n', ' ')}"));
            foreach (var path in new[] { "/expenses", "/login/code", "/expenses/add", "/logout" })
            {
                var status = await RawRequest.AskAsync(App.Address, $"GET {path} HTTP/1.1\r\nHost: x\r\nCookie: {line}\r\nConnection: close\r\n\r\n");
                Expect(line, status);
                if (names[name] == "expenseiq" && kind < 4 && path == "/expenses") Assert.NotEqual(200, status);
            }
        });
    }

    [Fact]
    public async Task Answers_of_passkeys()
    {
        using var owner = await App.OpenAsNewUserAsync();
        using var nobody = App.Open();
        var token = await Owner.TokenOfAsync(nobody, "/login");
        var ownToken = await Owner.TokenOfAsync(owner);
        var json = Gen.OneOf(
            ParsingAnything.Texts,
            Gen.Select(AnyJson, AnyJson, AnyJson, AnyJson).Select(parts =>
                $$$"""{"id":{{{parts.Item1}}},"rawId":{{{parts.Item1}}},"type":"public-key","clientExtensionResults":{{{parts.Item4}}},"response":{"clientDataJSON":{{{parts.Item2}}},"authenticatorData":{{{parts.Item3}}},"signature":{{{parts.Item4}}},"userHandle":{{{parts.Item1}}},"attestationObject":{{{parts.Item3}}},"transports":{{{parts.Item4}}}}}"""),
            Gen.Int[1, 5000].Select(depth => new string('[', depth)),
            Gen.Int[1, 500].Select(depth => string.Concat(Enumerable.Repeat("{\"response\":", depth))));
        await json.EachAsync(120, async credential =>
        {
            var state = (await nobody.GetAsync("/api/passkeys/question")).MustBe(200).Json.GetProperty("state").GetString()!;
            var answer = await nobody.PostAsync("/login/passkey", Form(token, credential, state));
            // A null character makes the form one that can't be read.
            Assert.Contains(answer.Status, new[] { 400, 422 });
            var mine = (await owner.GetAsync("/api/passkeys/question-for-new")).MustBe(200).Json.GetProperty("state").GetString()!;
            Assert.Contains((await owner.PostAsync("/settings/security/passkeys", Form(ownToken, credential, mine))).Status, new[] { 400, 422 });
            Expect("", answer.Status);
        });
        Assert.False(await nobody.IsSignedInAsync());

        static Dictionary<string, string> Form(string token, string credential, string state) =>
            new(StringComparer.Ordinal) { ["csrf_token"] = token, ["credential"] = WellFormed(credential), ["state"] = state, ["name"] = "typed" };
    }

    /// <summary>Values of JSON; many are Base64, of bytes that look like CBOR or like the client's data.</summary>
    private static Gen<string> AnyJson { get; } = Gen.OneOf(
        Gen.OneOf(new[] { "null", "true", "0", "-1", "1e400", "[]", "{}", "\"\"", "[[[[1]]]]", "\"====\"", "\"AAAA\"", "[null]", "{\"a\":null}", "\"\\ud800\"", "\"\\u0000\"" }.Select(Gen.Const).ToArray()),
        Gen.Byte.Array[0, 200].Select(bytes => $"\"{Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_')}\""),
        Gen.Select(Gen.Byte.Array[0, 60], Gen.Int[0, 7]).Select(made => $"\"{Convert.ToBase64String([(byte)(made.Item2 << 5 | 3), .. made.Item1]).TrimEnd('=').Replace('+', '-').Replace('/', '_')}\""),
        Gen.OneOf(new[]
        {
            """{"type":"webauthn.get","challenge":"AAAA","origin":"http://localhost"}""", """{"type":"webauthn.create","challenge":null,"origin":7}""", """{"type":"webauthn.get","challenge":"AAAA","origin":"http://localhost","crossOrigin":"yes"}""", "null", "[", "\u0000",
        }.Select(text => Gen.Const($"\"{Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=').Replace('+', '-').Replace('/', '_')}\"")).ToArray()));

    /// <summary>No failure, here or in what the program logs; a connection that is closed (0) and 505 are answers to what is no request.</summary>
    private void Expect(string what, int status)
    {
        Assert.True(status < 500 || status == 505, $"{what} was answered {status}: {string.Join('\n', App.Errors.Lines)}");
        Assert.Empty(App.Errors.Lines);
    }

    private static string CookieOf(Browser browser) => string.Join("; ", browser.Cookies.GetAllCookies().Select(cookie => $"{cookie.Name}={cookie.Value}"));

    /// <summary>As it arrives: half a pair can't be written in UTF-8.</summary>
    private static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static HttpContent Content(int kind, List<KeyValuePair<string, string>> fields)
    {
        var text = string.Join('&', fields.Select(field => $"{Uri.EscapeDataString(field.Key)}={Uri.EscapeDataString(field.Value)}"));
        switch (kind)
        {
            case 0:
                var multipart = new MultipartFormDataContent();
                foreach (var (name, value) in fields.Where(field => field.Key.Length > 0)) multipart.Add(new StringContent(value), name);
                return multipart;
            case 1:
                var file = new MultipartFormDataContent();
                foreach (var (name, value) in fields.Where(field => field.Key.Length > 0)) file.Add(new StringContent(value), name, "evil/../../name.html");
                return file;
            case 2:
                return Raw(text, "application/x-www-form-urlencoded; charset=utf-7");
            case 3:
                return Raw(text, "application/json");
            case 4:
                return Raw(text.Replace("%", "%%", StringComparison.Ordinal), "application/x-www-form-urlencoded");
            case 5:
                return Raw(text[..(text.Length / 2)], "multipart/form-data; boundary=x");
            case 6:
                return Raw("--x\r\nContent-Disposition: form-data; name=\"amount\r\n\r\n" + text + "\r\n--x--", "multipart/form-data; boundary=x");
            default:
                return new FormUrlEncodedContent(fields);
        }
    }

    private static ByteArrayContent Raw(string text, string type)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return content;
    }
}
