using System.Net;
using ExpenseIQ.Tests.Running;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ExpenseIQ.Tests.Web;

/// <summary>The tests' own peer is 127.0.0.1.</summary>
[Trait("Engine", "none")]
public sealed class ForwardedRequests
{
    private static readonly (string Name, string Value)[] Forwarded =
        [("X-Forwarded-For", "203.0.113.7"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "elsewhere.example")];

    [Theory]
    [InlineData(null)]
    [InlineData("10.0.0.0/8")]
    [InlineData("203.0.113.7, ::1")]
    public async Task What_an_unlisted_peer_says_changes_nothing(string? proxies) =>
        Assert.Equal("http from 127.0.0.1", await SeenAsync(proxies, Forwarded));

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.0.0.0/8, 127.0.0.0/8")]
    public async Task A_listed_proxy_says_who_asked_and_how(string proxies) =>
        Assert.Equal("https from 203.0.113.7", await SeenAsync(proxies, Forwarded));

    [Theory]
    [InlineData("198.51.100.1, 203.0.113.7", "203.0.113.7")]
    [InlineData("198.51.100.1, 203.0.113.7, 10.1.2.3", "203.0.113.7")]
    [InlineData("10.1.2.3, 203.0.113.7", "203.0.113.7")]
    [InlineData("nonsense, 203.0.113.7", "203.0.113.7")]
    [InlineData("2001:db8::7", "2001:db8::7")]
    public async Task What_the_visitor_put_before_the_proxies_addresses_is_not_believed(string addresses, string visitor) =>
        Assert.Equal($"https from {visitor}", await SeenAsync("127.0.0.1, 10.0.0.0/8", [("X-Forwarded-For", addresses), ("X-Forwarded-Proto", "https")]));

    [Fact]
    public async Task A_proxy_that_names_no_address_is_not_believed() =>
        Assert.Equal("http from 127.0.0.1", await SeenAsync("127.0.0.1", [("X-Forwarded-For", "nonsense"), ("X-Forwarded-Proto", "https")]));

    /// <summary>The page warns of plain HTTP where the visitor came over it, also through a proxy with HTTPS between the two.</summary>
    [Theory]
    [InlineData("https", false)]
    [InlineData("http", true)]
    public async Task The_sign_in_page_goes_by_the_forwarded_scheme(string scheme, bool told)
    {
        await using var database = new ScratchDatabase();
        await using var app = await RunningApp.StartAsync(
            database.Settings with { Environment = "Production", CookieSecure = true, SecretKey = new string('a', 32), TrustedProxies = Trusted("127.0.0.1") });
        using var browser = app.Open();
        var page = await browser.GetAsync("/login", ("Host", "expenses.example"), ("X-Forwarded-For", "203.0.113.7"), ("X-Forwarded-Proto", scheme));
        Assert.Equal(told, page.MustBe(HttpStatusCode.OK).Text.Contains("COOKIE_SECURE", StringComparison.Ordinal));
        Assert.Equal("max-age=31536000", page.Headers["Strict-Transport-Security"]);
        await browser.RegisterAsync();
        Assert.True(await browser.IsSignedInAsync());
        Assert.All(browser.Cookies.GetAllCookies(), cookie => Assert.StartsWith("__Host-", cookie.Name, StringComparison.Ordinal));
    }

    private static IReadOnlyList<IPNetwork> Trusted(string? proxies) => Settings.Read(name => name == "TRUSTED_PROXIES" ? proxies : null).TrustedProxies;

    /// <summary>How the program sees a request with these headers: scheme and address.</summary>
    private static async Task<string> SeenAsync(string? proxies, (string Name, string Value)[] headers)
    {
        await using var database = new ScratchDatabase();
        var witness = new Witness();
        await using var app = await RunningApp.StartAsync(
            database.Settings with { TrustedProxies = Trusted(proxies) }, replace: services => services.AddSingleton<IStartupFilter>(witness));
        using var browser = app.Open();
        (await browser.GetAsync("/health/live", headers)).MustBe(HttpStatusCode.OK);
        Assert.NotEqual("elsewhere.example", witness.Host);
        return witness.Seen;
    }

    /// <summary>Stands around the program's pipeline and notes what that made of the request.</summary>
    private sealed class Witness : IStartupFilter
    {
        public string Seen { get; private set; } = "";

        public string Host { get; private set; } = "";

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(async (HttpContext context, RequestDelegate request) =>
            {
                await request(context);
                Seen = $"{context.Request.Scheme} from {context.Connection.RemoteIpAddress}";
                Host = context.Request.Host.Host;
            });
            next(app);
        };
    }
}
