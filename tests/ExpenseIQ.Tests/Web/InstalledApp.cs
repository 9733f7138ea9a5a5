using System.Text.Json;
using System.Text.RegularExpressions;
using ExpenseIQ.Tests.Running;

namespace ExpenseIQ.Tests.Web;

/// <summary>What a browser needs to install the site, and what it keeps of it.</summary>
public sealed partial class InstalledApp(SharedApp shared)
{
    [Fact]
    public async Task The_manifest_leads_to_pages_and_icons_that_are_there()
    {
        using var visitor = shared.App.Open();
        var address = (await visitor.GetAsync("/login")).Page.QuerySelector("link[rel=manifest]")!.GetAttribute("href")!;
        var answer = (await visitor.GetAsync(address)).MustBe(200);
        Assert.Equal("application/manifest+json", answer.MediaType);
        var manifest = answer.Json;
        Assert.Equal("standalone", manifest.GetProperty("display").GetString());
        // The address that it starts at is what tells installed apps of one host apart, where there is no other id.
        Assert.False(manifest.TryGetProperty("id", out _));
        Assert.Equal(("/dashboard", "/"), (PathOf(manifest, "start_url"), PathOf(manifest, "scope")));
        var shortcut = Assert.Single(manifest.GetProperty("shortcuts").EnumerateArray());
        Assert.Equal("/expenses/add", PathOf(shortcut, "url"));
        foreach (var icon in manifest.GetProperty("icons").EnumerateArray().Concat(shortcut.GetProperty("icons").EnumerateArray()))
        {
            var picture = (await visitor.GetAsync(PathOf(icon, "src"))).MustBe(200);
            Assert.Equal(icon.GetProperty("type").GetString(), picture.MediaType);
            if (picture.MediaType == "image/png") Assert.Equal(icon.GetProperty("sizes").GetString(), SizeOf(picture.Body));
        }

        string PathOf(JsonElement part, string name) => new Uri(answer.Address, part.GetProperty(name).GetString()).AbsolutePath;
    }

    [Fact]
    public void The_manifest_has_the_colours_of_the_site()
    {
        var root = Path.Combine(Repository.Source, "wwwroot");
        var paper = Paper().Match(File.ReadAllText(Path.Combine(root, "css", "tokens.css"))).Groups[1].Value;
        using var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(root, "manifest.webmanifest")));
        Assert.Equal(paper, manifest.RootElement.GetProperty("theme_color").GetString());
        Assert.Equal(paper, manifest.RootElement.GetProperty("background_color").GetString());
    }

    [Fact]
    public async Task The_offline_page_says_nothing_of_anybody_and_has_no_form()
    {
        using var owner = await shared.App.OpenAsNewUserAsync();
        using var stranger = shared.App.Open();
        var page = (await owner.GetAsync("/offline")).MustBe(200);
        Assert.Equal((await stranger.GetAsync("/offline")).Text, page.Text);
        Assert.Empty(page.Page.Forms);
        Assert.DoesNotContain("Set-Cookie", page.Headers.Keys);
    }

    [Fact]
    public async Task The_service_worker_is_a_script_that_is_asked_for_again()
    {
        using var visitor = shared.App.Open();
        var build = (await visitor.GetAsync("/login")).Page.QuerySelector("meta[name=build]")!.GetAttribute("content")!;
        Assert.Matches("^[0-9a-f]{16}$", build);
        var script = (await visitor.GetAsync($"/sw.js?{build}")).MustBe(200);
        Assert.Equal("text/javascript", script.MediaType);
        Assert.Equal("no-cache", script.Headers["Cache-Control"]);
    }

    /// <summary>"192x192": width and height stand in a PNG's first chunk.</summary>
    private static string SizeOf(byte[] png) =>
        $"{System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16))}x{System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20))}";

    [GeneratedRegex(@"--paper: light-dark\((#[0-9a-f]{6}),")]
    private static partial Regex Paper();
}
