using System.Globalization;
using ExpenseIQ.Bench.Running;

namespace ExpenseIQ.Bench.Scenarios;

/// <summary>The forms that change something; each answers with a redirect.</summary>
internal static class Writes
{
    /// <summary>Dates and amounts that repeat only after many requests: both counts are prime.</summary>
    private const int Dates = 211;
    private const int Amounts = 8999;

    private const int EditedRows = 50;
    private const int DeletedRows = 3000;

    /// <summary>So many of a small account's rows stay.</summary>
    private const int RowsThatStay = 500;

    public static Scenario Add { get; } = new("add", (session, _) =>
        Task.FromResult<Load?>(new Load(round => LuaScript.Sequence(
            $"{Form(session)}\nlocal dates = {LuaScript.List(DatesOf(session.Account))}",
            $"\"POST\", \"/expenses/add\", headers, fields .. \"&date=\" .. dates[{LuaScript.Counter} % {Dates} + 1] .. amount({LuaScript.Counter} + {round * 4001})",
            [302],
            null))));

    public static Scenario Edit { get; } = new("edit", async (session, cancellationToken) =>
    {
        var rows = (await session.ListAsync(EditedRows, cancellationToken)).Take(EditedRows).ToArray();
        if (rows.Length == 0) throw new BenchException($"{session.Account.Name} has no expenses in its list");
        var lists = $"local ids, dates = {LuaScript.List(rows.Select(row => row.Id))}, {LuaScript.List(rows.Select(row => row.Date))}";
        return new Load(round => LuaScript.Sequence(
            $"{Form(session)}\n{lists}\nlocal function place(n) return n % {rows.Length} + 1 end",
            $"\"POST\", \"/expenses/\" .. ids[place({LuaScript.Counter})] .. \"/edit\", headers, fields .. \"&date=\" .. dates[place({LuaScript.Counter})] .. amount({LuaScript.Counter} + {round * 4001})",
            [302],
            null));
    });

    /// <summary>Each row once, so that each round has rows of its own.</summary>
    public static Func<int, Scenario> Delete { get; } = rounds => new Scenario("delete", async (session, cancellationToken) =>
    {
        var rows = await session.ListAsync(DeletedRows + RowsThatStay, cancellationToken);
        var share = Math.Min(DeletedRows, rows.Count - RowsThatStay) / rounds;
        if (share < 1) throw new BenchException($"{session.Account.Name} has too few expenses to delete some");
        return new Load(round => LuaScript.Sequence(
            $"{Form(session)}\nlocal ids = {LuaScript.List(rows.Skip(round * share).Take(share).Select(row => row.Id))}",
            $"\"POST\", \"/expenses/\" .. ids[{LuaScript.Counter}] .. \"/delete\", headers, fields",
            [302],
            share), IsUsedUp: true);
    });

    /// <summary>Lua: the headers and the fields that every form has, and a function of a number to an amount.</summary>
    public static string Form(Session session)
    {
        var headers = new Dictionary<string, string> { ["Cookie"] = session.Cookie, ["Content-Type"] = "application/x-www-form-urlencoded" };
        return $"""
            local headers = {LuaScript.Table(headers)}
            local fields = {LuaScript.Quote($"csrf_token={Uri.EscapeDataString(session.FormToken)}&category_id=1&description=Groceries")}
            local function amount(n) return string.format("&amount=%.2f", (n * 37 % {Amounts} + 100) / 100) end
            """;
    }

    /// <summary>Days all over the account's months, in no order.</summary>
    private static IEnumerable<string> DatesOf(Account account)
    {
        var days = Account.Today.DayNumber - account.FirstDay.DayNumber + 1;
        return Enumerable.Range(0, Dates).Select(number =>
            account.FirstDay.AddDays((int)(number * 7919L * 31 % days)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }
}
