using ExpenseIQ.Tests.Running;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ExpenseIQ.Tests.Web;

/// <summary>Under which names the site answers.</summary>
public sealed class OwnHosts(SharedApp shared)
{
    [Theory]
    [InlineData("money.example.com", 200)]
    [InlineData("MONEY.example.com:8443", 200)]
    [InlineData("localhost", 200)]
    [InlineData("127.0.0.1:5000", 200)]
    [InlineData("[::1]:5000", 200)]
    [InlineData("example.com", 400)]
    [InlineData("evil.example", 400)]
    [InlineData("money.example.com.evil.example", 400)]
    [InlineData("192.0.2.7", 400)]
    [InlineData("localhost.evil.example", 400)]
    public async Task Are_those_of_the_base_url_and_of_this_machine(string host, int status)
    {
        await using var app = await shared.StartAnotherAsync(change: settings => settings with { BaseUrl = new Uri("https://money.example.com") });
        using var browser = app.Open();
        var page = await browser.GetAsync("/login", ("Host", host));
        Assert.Equal(status, page.Status);
        Assert.Equal("nosniff", page.Headers["X-Content-Type-Options"]);
        Assert.Contains("default-src 'none'", page.Headers["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.Equal(200, (await browser.GetAsync("/health/ready", ("Host", host))).Status);
        Assert.Equal(status == 200 ? 401 : 400, (await browser.GetAsync("/api/me", ("Host", host))).Status);
    }

    [Fact]
    public async Task Are_all_where_no_base_url_is_set()
    {
        using var browser = shared.App.Open();
        Assert.Equal(200, (await browser.GetAsync("/login", ("Host", "whatever.example"))).Status);
    }

    [Fact]
    public async Task A_passkey_is_for_the_host_of_the_base_url()
    {
        await using var app = await shared.StartAnotherAsync(change: settings => settings with { BaseUrl = new Uri("https://money.example.com") });
        using var browser = app.Open();
        Assert.Equal("money.example.com", (await browser.GetAsync("/api/passkeys/question")).Json.GetProperty("options").GetProperty("rpId").GetString());
    }

    [Theory]
    [InlineData("https://money.example.com", "https://money.example.com", "Production", true)]
    [InlineData("https://money.example.com", "https://money.example.com:443", "Production", true)]
    [InlineData("https://money.example.com", "http://money.example.com", "Production", false)]
    [InlineData("https://money.example.com", "https://money.example.com:8443", "Production", false)]
    [InlineData("https://money.example.com", "https://evil.example", "Production", false)]
    [InlineData("https://money.example.com", "https://money.example.com.evil.example", "Production", false)]
    [InlineData("https://money.example.com", "http://localhost:5000", "Production", false)]
    [InlineData("https://money.example.com", "http://localhost:5000", "Development", true)]
    [InlineData("https://money.example.com", "nonsense", "Development", false)]
    [InlineData("http://money.home:8080", "http://money.home:8080", "Production", true)]
    [InlineData(null, "https://asked.example", "Production", true)]
    [InlineData(null, "https://money.example.com", "Production", false)]
    public async Task A_passkey_counts_from_pages_of_this_site_alone(string? site, string origin, string environment, bool counts)
    {
        var settings = shared.Database.Settings with { Environment = environment, SecretKey = new string('a', 32), BaseUrl = site is null ? null : new Uri(site) };
        await using var app = Program.Build(settings);
        var http = new DefaultHttpContext { RequestServices = app.Services };
        http.Request.Host = new HostString("asked.example");
        var validate = app.Services.GetRequiredService<IOptions<IdentityPasskeyOptions>>().Value.ValidateOrigin!;
        Assert.Equal(counts, await validate(new PasskeyOriginValidationContext { HttpContext = http, Origin = origin, CrossOrigin = false, TopOrigin = null }));
        Assert.False(await validate(new PasskeyOriginValidationContext { HttpContext = http, Origin = origin, CrossOrigin = true, TopOrigin = null }));
    }
}
