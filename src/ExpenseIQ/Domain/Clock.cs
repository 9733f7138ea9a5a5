namespace ExpenseIQ.Domain;

/// <summary>What the time is, for rows and for people.</summary>
public static class Clock
{
    /// <summary>UTC, truncated to milliseconds: what both databases keep.</summary>
    public static DateTime UtcNow(this TimeProvider time)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
    }

    /// <summary>The calendar day that it is in a time zone.</summary>
    public static DateOnly Today(this TimeProvider time, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), zone).DateTime);
}
