namespace ExpenseIQ.Database.Tables;

/// <summary>A person with an account.</summary>
public sealed record User
{
    public long Id { get; init; }

    /// <summary>3 to 50 ASCII letters, digits, underscores; unique without regard to case.</summary>
    public required string Username { get; set; }

    /// <summary>At most 254 ASCII characters; unique without regard to case.</summary>
    public required string Email { get; set; }

    /// <summary>A bcrypt hash; see <c>PasswordHasher</c> for what was hashed.</summary>
    public required string Password { get; set; }

    /// <summary>What <see cref="Password"/> was before it was set.</summary>
    public string PasswordBefore { get; set; } = "";

    /// <summary>A random text that changes with the password: a cookie with another one is refused.</summary>
    public required string SecurityStamp { get; set; }

    public bool IsAdmin { get; set; }

    /// <summary>An IANA time zone, such as Europe/Berlin.</summary>
    public required string TimeZone { get; set; }

    /// <summary>A BCP 47 language tag with a region, such as de-DE.</summary>
    public required string Locale { get; set; }

    /// <summary>Three letters of ISO 4217, such as EUR.</summary>
    public required string Currency { get; set; }

    /// <summary>auto, light or dark.</summary>
    public string Theme { get; set; } = "auto";

    /// <summary>The name of a way to write dates; empty: as the region has it.</summary>
    public string DateFormat { get; set; } = "";

    /// <summary>Null: as the region has it.</summary>
    public DayOfWeek? FirstWeekday { get; set; }

    /// <summary>UTC, milliseconds.</summary>
    public DateTime CreatedAt { get; init; }

    /// <summary>Whether signing in with the password asks for a code of an authenticator app too.</summary>
    public bool AsksForCode { get; init; }

    /// <summary>Whether nobody signs in to it: an administrator shut it, or its owner left.</summary>
    public bool IsShut { get; init; }
}
