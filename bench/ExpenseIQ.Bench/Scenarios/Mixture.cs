using ExpenseIQ.Bench.Running;

namespace ExpenseIQ.Bench.Scenarios;

/// <summary>All pages in turn, for several sessions.</summary>
internal static class Mixture
{
    /// <param name="writes">Whether expenses are added too.</param>
    public static Load Of(IReadOnlyList<Session> sessions, bool writes)
    {
        var requests = sessions.SelectMany((session, index) => Requests(session, index + 1, writes)).ToArray();
        var setup = $$"""
            local sessions = {
            {{string.Join("\n", sessions.Select(session => $"(function() {Writes.Form(session)} return {{ headers = headers, fields = fields .. amount(1) }} end)(),"))}}
            }
            local requests = {
            {{string.Join("\n", requests.Select(request => $"{{ {request} }},"))}}
            }
            local function next_request(n)
              local method, path, session, body = unpack(requests[n % {{requests.Length}} + 1])
              return method, path, sessions[session].headers, body and sessions[session].fields .. body
            end
            """;
        var script = LuaScript.Sequence(setup, $"next_request({LuaScript.Counter})", [200, 302], null);
        return new Load(_ => script);
    }

    private static IEnumerable<string> Requests(Session session, int number, bool writes)
    {
        string[] paths = ["/dashboard", "/api/analytics", .. Reads.ListPaths.Select(list => list.Path(session.Account))];
        foreach (var path in paths) yield return $"\"GET\", {LuaScript.Quote(path)}, {number}";
        if (writes) yield return $"\"POST\", \"/expenses/add\", {number}, \"&date={session.Account.MiddleMonth:yyyy-MM-dd}\"";
    }
}
