namespace ExpenseIQ.Features.Security;

/// <summary>What a browser says of itself, in words for its owner: "Firefox on Windows". It is a hint; any program can say anything.</summary>
internal static class DeviceName
{
    /// <summary>In the order in which they are looked for: many say that they are others too.</summary>
    private static readonly (string Sign, string Name)[] Browsers =
        [("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari")];

    private static readonly (string Sign, string Name)[] Systems =
        [("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("CrOS", "ChromeOS"), ("Mac OS", "Mac"), ("Linux", "Linux")];

    public static string Of(string userAgent)
    {
        var (browser, system) = (Find(Browsers, userAgent), Find(Systems, userAgent));
        return (browser, system) switch
        {
            ({ } program, { } machine) => $"{program} on {machine}",
            ({ } program, null) => program,
            (null, { } machine) => $"A program on {machine}",
            _ => "An unknown program",
        };
    }

    private static string? Find((string Sign, string Name)[] names, string userAgent) =>
        Array.Find(names, name => userAgent.Contains(name.Sign, StringComparison.Ordinal)).Name;
}
