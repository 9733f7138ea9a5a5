using System.Globalization;
using ExpenseIQ.Bench.Running;

namespace ExpenseIQ.Bench.Scenarios;

/// <summary>The pages and answers that change nothing.</summary>
internal static class Reads
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        Page(Scenario.Bare, _ => "/api/me"),
        Page("analytics", _ => "/api/analytics"),
        Revalidated("analytics-304", "/api/analytics"),
        Page("descriptions", _ => "/api/descriptions?q=gro"),
        Page("dashboard", _ => "/dashboard"),
        Revalidated("dashboard-304", "/dashboard"),
        .. Lists,
    ];

    public static IEnumerable<(string Name, Func<Account, string> Path)> ListPaths =>
    [
        ("list", _ => "/expenses"),
        // Beyond the largest id of a day: the page begins with that day, whatever it has.
        ("list-middle", account => $"/expenses?after={account.MiddleMonth.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}_999999999999"),
        ("category", _ => "/expenses?category_id=1"),
        ("month", account => Between(account.MiddleMonth, account.MiddleMonth.AddMonths(1).AddDays(-1))),
        ("amount", _ => "/expenses?amount_min=20.00&amount_max=45.00"),
        ("amount-sort", _ => "/expenses?sort=amount_desc"),
        ("search", _ => "/expenses?search=groceries"),
        (Scenario.Nowhere, _ => "/expenses?search=qzxqzx"),
        ("days", _ => Between(Account.Today.AddDays(-89), Account.Today)),
    ];

    private static IEnumerable<Scenario> Lists => ListPaths.Select(list => Page(list.Name, list.Path));

    private static Scenario Page(string name, Func<Account, string> pathOf) => new(name, async (session, cancellationToken) =>
    {
        var path = pathOf(session.Account);
        var (status, _) = await session.ProbeAsync(path, null, cancellationToken);
        if (status == 404) return null;
        if (status != 200) throw new BenchException($"{name}: GET {path} answered {status}");
        var script = LuaScript.Repeat(path, new Dictionary<string, string> { ["Cookie"] = session.Cookie }, 200);
        return new Load(_ => script);
    });

    /// <summary>The browser has the answer already and asks whether it still holds.</summary>
    private static Scenario Revalidated(string name, string path) => new(name, async (session, cancellationToken) =>
    {
        var (_, tag) = await session.ProbeAsync(path, null, cancellationToken);
        if (tag is null) return null;
        var (status, _) = await session.ProbeAsync(path, tag, cancellationToken);
        if (status != 304) throw new BenchException($"{name}: GET {path} answered {status} to its own ETag {tag}");
        var script = LuaScript.Repeat(path, new Dictionary<string, string> { ["Cookie"] = session.Cookie, ["If-None-Match"] = tag }, 304);
        return new Load(_ => script);
    });

    private static string Between(DateOnly from, DateOnly to) =>
        string.Create(CultureInfo.InvariantCulture, $"/expenses?date_from={from:yyyy-MM-dd}&date_to={to:yyyy-MM-dd}");
}
