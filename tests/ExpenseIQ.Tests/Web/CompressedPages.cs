using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using ExpenseIQ.Tests.Running;

namespace ExpenseIQ.Tests.Web;

/// <summary>Pages are compressed where no other site caused the request, and nobody is sent bytes of a kind that he can't read.</summary>
public sealed partial class CompressedPages(SharedApp shared)
{
    private const string Brotli = "gzip, deflate, br, zstd";
    private static readonly string[] Paths = ["/expenses", "/dashboard?month=2024-11", "/expenses/add", "/api/analytics?month=2024-11", "/expenses/export/csv", "/nothing"];

    [Theory]
    [InlineData("same-origin", Brotli, "br")]
    [InlineData("none", Brotli, "br")]
    [InlineData("same-origin", "gzip", "gzip")]
    [InlineData("same-origin", "identity", null)]
    [InlineData("same-origin", null, null)]
    [InlineData("same-site", Brotli, null)]
    [InlineData("cross-site", Brotli, null)]
    [InlineData("cross-site, same-origin", Brotli, null)]
    [InlineData("", Brotli, null)]
    [InlineData(null, Brotli, null)]
    public async Task Only_a_request_that_no_other_site_caused_gets_compressed_bytes(string? site, string? accepted, string? encoding)
    {
        using var owner = await shared.App.OpenAsNewUserAsync();
        await owner.AddExpenseAsync("12.50", "2024-11-05", description: "Größe & more");
        foreach (var path in Paths)
        {
            var plain = await owner.GetAsync(path);
            var asked = await owner.GetAsync(path, Headers(site, accepted));
            Assert.Equal((path, encoding), (path, EncodingOf(asked)));
            Assert.Equal(WithoutTokens(plain.Text), WithoutTokens(Decode(asked)));
            Assert.StartsWith("Accept-Encoding\nSec-Fetch-Site", asked.Headers["Vary"], StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task What_is_kept_for_one_kind_of_browser_is_not_sent_to_another(int megabytes)
    {
        await using var app = await shared.StartAnotherAsync(change: settings => settings with { CacheMegabytes = megabytes });
        using var owner = await app.OpenAsNewUserAsync();
        await owner.AddExpenseAsync("12.50", "2024-11-05");
        (string? Site, string? Accepted, string? Encoding)[] kinds =
            [("same-origin", Brotli, "br"), (null, null, null), ("none", "gzip", "gzip"), ("cross-site", Brotli, null), ("same-origin", Brotli, "br")];
        foreach (var path in new[] { "/expenses", "/dashboard", "/api/analytics" })
        {
            var tags = new Dictionary<string, string>(StringComparer.Ordinal);
            for (var round = 0; round < 2; round++)
            {
                foreach (var (site, accepted, encoding) in kinds)
                {
                    var answer = (await owner.GetAsync(path, Headers(site, accepted))).MustBe(200);
                    Assert.Equal(encoding, EncodingOf(answer));
                    Assert.Contains("12.5", Decode(answer), StringComparison.Ordinal);
                    Assert.Equal("Accept-Encoding\nSec-Fetch-Site\nCookie\nX-Requested-With", answer.Headers["Vary"]);
                    Assert.Equal(answer.Headers["ETag"], tags.GetValueOrDefault(encoding ?? "", answer.Headers["ETag"]));
                    tags[encoding ?? ""] = answer.Headers["ETag"];
                    if (round > 0) Assert.Equal(megabytes > 0, answer.Headers.ContainsKey("Age"));
                }
            }
            Assert.Equal(3, tags.Values.Distinct().Count());
        }
    }

    [Fact]
    public async Task A_compressed_page_that_did_not_change_is_not_sent_again()
    {
        using var owner = await shared.App.OpenAsNewUserAsync();
        await owner.AddExpenseAsync("12.50", "2024-11-05");
        var own = Headers("same-origin", Brotli);
        var first = (await owner.GetAsync("/expenses", own)).MustBe(200);
        var again = (await owner.GetAsync("/expenses", [.. own, ("If-None-Match", first.Headers["ETag"])])).MustBe(304);
        Assert.Empty(again.Body);
        Assert.Null(EncodingOf(again));
        (await owner.GetAsync("/expenses", [.. Headers("cross-site", Brotli), ("If-None-Match", first.Headers["ETag"])])).MustBe(200);
    }

    [Fact]
    public async Task A_question_for_the_head_alone_is_answered_as_the_page_would_be()
    {
        using var owner = await shared.App.OpenAsNewUserAsync();
        await owner.AddExpenseAsync("12.50", "2024-11-05");
        foreach (var (site, encoding) in new[] { ("same-origin", "br"), ("cross-site", null) })
        {
            foreach (var path in new[] { "/expenses", "/login?x", "/api/analytics" })
            {
                var head = await owner.SendAsync(HttpMethod.Head, path, null, Headers(site, Brotli));
                Assert.Empty(head.Body);
                if (head.Status == 200) Assert.Equal(encoding, EncodingOf(head));
            }
        }
    }

    [Fact]
    public async Task A_long_list_becomes_much_smaller()
    {
        using var owner = await shared.App.OpenAsNewUserAsync();
        for (var day = 1; day <= 25; day++) await owner.AddExpenseAsync($"{day}.50", $"2024-11-{day:00}", (day % 6) + 1, $"Lunch number {day}");
        var plain = await owner.GetAsync("/expenses");
        var packed = await owner.GetAsync("/expenses", Headers("same-origin", Brotli));
        Assert.True(packed.Body.Length * 4 < plain.Body.Length, $"{packed.Body.Length} of {plain.Body.Length} bytes");
    }

    private static (string Name, string Value)[] Headers(string? site, string? accepted) =>
        [.. new[] { ("Sec-Fetch-Site", site), ("Accept-Encoding", accepted) }.Where(header => header.Item2 is not null).Select(header => (header.Item1, header.Item2!))];

    private static string? EncodingOf(Answer answer) => answer.Headers.GetValueOrDefault("Content-Encoding");

    private static string Decode(Answer answer)
    {
        using var bytes = new MemoryStream(answer.Body);
        using Stream plain = EncodingOf(answer) switch
        {
            "br" => new BrotliStream(bytes, CompressionMode.Decompress),
            "gzip" => new GZipStream(bytes, CompressionMode.Decompress),
            _ => bytes,
        };
        using var reader = new StreamReader(plain, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>What differs from one making of a page to the next: form tokens and submission keys; and the number of an error.</summary>
    private static string WithoutTokens(string html) => Token().Replace(html, "");

    [GeneratedRegex("""(?<=(csrf_token|submission)"[^>]*)value="[^"]*"|"traceId":"[^"]*" """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Token();
}
