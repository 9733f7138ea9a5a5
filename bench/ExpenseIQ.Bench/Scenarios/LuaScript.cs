using System.Globalization;
using System.Text;

namespace ExpenseIQ.Bench.Scenarios;

/// <summary>
/// Scripts for wrk. Each counts the answers whose status is not one of those expected, and prints what wrk measured in one
/// line that <see cref="Measuring.Wrk"/> reads. The callback costs wrk some CPU, and the measured program none.
/// </summary>
internal static class LuaScript
{
    public const string ResultWord = "result";
    public const string FinishedWord = "finished";

    /// <summary>A number that each request of a script increments, in Lua.</summary>
    public const string Counter = "number";

    private const string Frame = """
        unexpected, example, answered = 0, 0, 0
        local expected, last, threads = { {0} }, {1}, {}

        function setup(thread)
          table.insert(threads, thread)
        end

        function response(status)
          if answered == last then return end
          answered = answered + 1
          if not expected[status] and not (last > 0 and status == 200) then
            unexpected, example = unexpected + 1, status
          end
          if answered == last then
            io.write("finished\n")
            io.flush()
          end
        end

        function done(summary, latency)
          local thread, errors = threads[1], summary.errors
          io.write(string.format("result %d %d %.1f %.1f %d %d %d\n", summary.requests, summary.duration,
            latency:percentile(50), latency:percentile(99), thread:get("unexpected"), thread:get("example"),
            errors.connect + errors.read + errors.write + errors.timeout))
        end

        """;

    /// <summary>The same request again and again.</summary>
    public static string Repeat(string path, IReadOnlyDictionary<string, string> headers, int expected) => new StringBuilder(Head([expected]))
        .AppendLine(CultureInfo.InvariantCulture, $"wrk.path, wrk.headers = {Quote(path)}, {Table(headers)}")
        .ToString();

    /// <summary>Requests made one by one.</summary>
    /// <param name="setup">Lua that is run once.</param>
    /// <param name="request">Lua expressions of method, path, headers and body, of <see cref="Counter"/>.</param>
    /// <param name="expected">The statuses that are right.</param>
    /// <param name="count">How many there are; null: no end.</param>
    public static string Sequence(string setup, string request, IEnumerable<int> expected, int? count)
    {
        var script = new StringBuilder(Head(expected, count)).AppendLine(setup).AppendLine(CultureInfo.InvariantCulture, $$"""
            local {{Counter}} = 0
            function request()
              {{Counter}} = {{Counter}} + 1
              if last > 0 and {{Counter}} > last then return wrk.format("GET", "/health/live") end
              return wrk.format({{request}})
            end
            """);
        // Who would send one more waits until wrk is stopped. A connection that wrk opened anew does not wait, and has nothing left to send.
        if (count is { } end) script.AppendLine(CultureInfo.InvariantCulture, $"function delay() sent = (sent or 0) + 1 return sent > {end} and 600000 or 0 end");
        return script.ToString();
    }

    public static string Table(IReadOnlyDictionary<string, string> entries) =>
        $"{{ {string.Join(", ", entries.Select(entry => $"[{Quote(entry.Key)}] = {Quote(entry.Value)}"))} }}";

    public static string List(IEnumerable<string> texts) => $"{{ {string.Join(", ", texts.Select(Quote))} }}";

    public static string Quote(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static string Head(IEnumerable<int> expected, int? count = null) => Frame
        .Replace("{0}", string.Join(", ", expected.Select(status => $"[{status}] = true")), StringComparison.Ordinal)
        .Replace("{1}", (count ?? -1).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
