using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Diagnostics;
using ExpenseIQ.Database;
using OpenTelemetry;

namespace ExpenseIQ.Observing;

/// <summary>
/// Of each span only what is named here is sent. A request's loses all else. A database driver's is not sent at all: it holds the
/// message of an error in an event, which can't be taken off, and writes that after the span's end. In its place goes a span that has
/// what may be said of it, made when the request ends.
/// </summary>
internal sealed class DiscreetSpans : BaseProcessor<Activity>
{
    private const string Statements = "statements";

    private static readonly FrozenSet<string> OfRequests =
        FrozenSet.Create(StringComparer.Ordinal, "http.request.method", "http.route", "http.response.status_code", "error.type");

    private static readonly FrozenSet<string> OfStatements = DatabaseTelemetry.SpanTags.ToFrozenSet(StringComparer.Ordinal);

    private static readonly ActivitySource InPlace = new(DatabaseTelemetry.Source);

    public override void OnStart(Activity data) => data.TraceStateString = null; // a client's own text; what begins below inherits it

    public override void OnEnd(Activity data)
    {
        if (!data.Recorded || data.Source == InPlace) return;
        if (data.Source.Name == DatabaseTelemetry.Source)
        {
            data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
            if (RequestOf(data) is { } request) request.Enqueue(data);
            else Send(data);
            return;
        }
        foreach (var name in data.TagObjects.Select(tag => tag.Key).Where(name => !OfRequests.Contains(name)).ToList()) data.SetTag(name, null);
        if (data.GetCustomProperty(Statements) is not ConcurrentQueue<Activity> statements) return;
        foreach (var statement in statements) Send(statement);
    }

    /// <summary>Where the request that this is part of keeps its statements; null outside of requests.</summary>
    private static ConcurrentQueue<Activity>? RequestOf(Activity span)
    {
        var top = span;
        while (top.Parent is { } parent) top = parent;
        if (top == span) return null;
        lock (top)
        {
            if (top.GetCustomProperty(Statements) is ConcurrentQueue<Activity> known) return known;
            var statements = new ConcurrentQueue<Activity>();
            top.SetCustomProperty(Statements, statements);
            return statements;
        }
    }

    private static void Send(Activity statement)
    {
        var parent = new ActivityContext(statement.TraceId, statement.ParentSpanId, ActivityTraceFlags.Recorded);
        var tags = statement.TagObjects.Where(tag => OfStatements.Contains(tag.Key));
        using var span = InPlace.StartActivity(statement.Kind, parent, tags, startTime: statement.StartTimeUtc, name: statement.DisplayName);
        span?.SetStatus(statement.Status); // without the description, which may be a message
        span?.SetEndTime(statement.StartTimeUtc + statement.Duration);
    }
}
