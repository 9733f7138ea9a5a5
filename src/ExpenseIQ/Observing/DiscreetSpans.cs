using System.Collections.Frozen;
using System.Diagnostics;
using ExpenseIQ.Database;
using OpenTelemetry;

namespace ExpenseIQ.Observing;

/// <summary>Of each span only what is named here is sent; whatever else the framework or a driver writes on it is taken off.</summary>
internal sealed class DiscreetSpans : BaseProcessor<Activity>
{
    private static readonly FrozenSet<string> Kept =
        new[] { "http.request.method", "http.route", "http.response.status_code", "error.type" }.Concat(DatabaseTelemetry.SpanTags).ToFrozenSet();

    private static readonly ActivitySource Again = new(DatabaseTelemetry.Source);

    public override void OnEnd(Activity data)
    {
        if (!data.Recorded) return;
        if (data.EnumerateEvents().MoveNext())
        {
            SendWithoutEvents(data);
            return;
        }
        foreach (var name in data.TagObjects.Select(tag => tag.Key).Where(name => !Kept.Contains(name)).ToList()) data.SetTag(name, null);
        data.SetStatus(data.Status); // without the description, which is a message
        data.TraceStateString = null; // a client's own text
    }

    /// <summary>
    /// An event can't be taken off a span, and the driver's hold the database's message. So another span, the same but for that,
    /// takes the place of this one, which nothing hangs on.
    /// </summary>
    private static void SendWithoutEvents(Activity span)
    {
        span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        var parent = new ActivityContext(span.TraceId, span.ParentSpanId, ActivityTraceFlags.Recorded);
        using var copy = Again.StartActivity(span.Kind, parent, span.TagObjects, startTime: span.StartTimeUtc, name: span.DisplayName);
        if (copy is null) return;
        foreach (var tag in span.Events.SelectMany(happened => happened.Tags))
            if (tag.Key == "exception.type" && copy.GetTagItem("error.type") is null) copy.SetTag("error.type", tag.Value);
        copy.SetStatus(span.Status);
        copy.SetEndTime(span.StartTimeUtc + span.Duration);
    }
}
