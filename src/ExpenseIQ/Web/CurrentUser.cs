using System.Globalization;
using ExpenseIQ.Domain;

namespace ExpenseIQ.Web;

/// <summary>Who is signed in, read once a request with one key: what pages need to know of the person.</summary>
public sealed class CurrentUser
{
    public required long Id { get; init; }

    /// <summary>What the database knows the session by: 64 hexadecimal digits.</summary>
    public required string SessionKey { get; init; }

    /// <summary>When whoever sits there last proved who they are; UTC.</summary>
    public required DateTime ConfirmedAt { get; init; }

    /// <summary>Whether more than a password was shown.</summary>
    public required bool HasTwoFactors { get; init; }

    public required string Username { get; init; }

    public required bool IsAdmin { get; init; }

    /// <summary>auto, light or dark.</summary>
    public required string Theme { get; init; }

    /// <summary>Where the user is.</summary>
    public required TimeZoneInfo TimeZone { get; init; }

    /// <summary>The user's calendar day.</summary>
    public required DateOnly Today { get; init; }

    /// <summary>How the user writes amounts and dates.</summary>
    public required Formats Formats { get; init; }

    /// <summary>Grows with each change to the user's data.</summary>
    public required long LedgerVersion { get; init; }

    /// <summary>How many expenses the user has.</summary>
    public required long ExpenseCount { get; init; }

    /// <summary>The sum of them.</summary>
    public required Money Total { get; init; }

    /// <summary>Whether sample expenses are among them.</summary>
    public required bool HasSamples { get; init; }

    public Month ThisMonth => Month.Of(Today);

    public CultureInfo Culture => Formats.Culture;

    /// <summary>"Nov 5, 2024, 14:30", where the user is.</summary>
    public string Moment(DateTime utc) => $"{Day(utc)}, {There(utc).ToString("HH:mm", CultureInfo.InvariantCulture)}";

    /// <summary>"Nov 5, 2024", where the user is.</summary>
    public string Day(DateTime utc) => Formats.Date(DateOnly.FromDateTime(There(utc)));

    private DateTime There(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), TimeZone);
}
