using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;

namespace ExpenseIQ.Tests.Running;

/// <summary>All addresses in an answer: what a browser goes to, fetches or sends forms to, and what a form hands on to go back to.</summary>
internal static partial class NamedAddresses
{
    private static readonly string[] Attributes = ["href", "action", "formaction", "src", "data-suggest", "data-load-more", "data-strength"];
    private static readonly string[] Returns = ["next", "back"];

    /// <summary>As a browser would resolve them.</summary>
    public static IReadOnlyList<Uri> In(Answer answer)
    {
        List<string?> found = [answer.Location, .. answer.Headers.GetValueOrDefault("Link", "").Split(',').Select(link => LinkHeader().Match(link)).Where(link => link.Success).Select(link => link.Groups[1].Value)];
        found.AddRange(answer.MediaType switch
        {
            "text/html" => InPage(answer),
            "text/css" => InStyle().Matches(answer.Text).Select(match => match.Groups[1].Value),
            "text/javascript" => InScript().Matches(answer.Text).Select(match => match.Groups[1].Value),
            "application/manifest+json" => InManifest(answer.Json),
            _ => [],
        });
        var addresses = found.OfType<string>().Select(text => new Uri(answer.Address, text)).Where(address => address.Scheme != "data").ToList();
        var handedOn = addresses.SelectMany(address => QueryHelpers.ParseQuery(address.Query).Where(pair => Returns.Contains(pair.Key)).SelectMany(pair => pair.Value));
        return [.. addresses, .. handedOn.Select(text => new Uri(answer.Address, text)).ToList()];
    }

    private static IEnumerable<string?> InPage(Answer answer)
    {
        foreach (var name in Attributes)
            foreach (var element in answer.Page.QuerySelectorAll($"[{name}]")) yield return element.GetAttribute(name);
        foreach (var name in Returns)
            foreach (var field in answer.Page.QuerySelectorAll($"input[name='{name}']")) yield return field.GetAttribute("value");
        if (answer.Page.QuerySelector("script[type=importmap]") is not { } map) yield break;
        foreach (var module in JsonDocument.Parse(map.TextContent).RootElement.GetProperty("imports").EnumerateObject())
        {
            yield return module.Name;
            yield return module.Value.GetString();
        }
    }

    private static IEnumerable<string?> InManifest(JsonElement manifest)
    {
        var shortcuts = manifest.GetProperty("shortcuts").EnumerateArray().ToList();
        return
        [
            manifest.GetProperty("start_url").GetString(), manifest.GetProperty("scope").GetString(),
            .. manifest.GetProperty("icons").EnumerateArray().Select(icon => icon.GetProperty("src").GetString()),
            .. shortcuts.Select(shortcut => shortcut.GetProperty("url").GetString()),
        ];
    }

    [GeneratedRegex("<([^>]+)>")]
    private static partial Regex LinkHeader();

    [GeneratedRegex("url\\([\"']?([^\"')]+)")]
    private static partial Regex InStyle();

    [GeneratedRegex("(?:from|import\\()\\s*\"(\\.[^\"]+)\"")]
    private static partial Regex InScript();
}
