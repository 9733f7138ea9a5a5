using LinqToDB.Mapping;

namespace ExpenseIQ.Database.Tables;

/// <summary>A person with an account.</summary>
[Table("users")]
public sealed record User
{
    [Column("id"), PrimaryKey, Identity]
    public long Id { get; init; }

    /// <summary>3 to 50 ASCII letters, digits, underscores; unique without regard to case.</summary>
    [Column("username")]
    public required string Username { get; set; }

    /// <summary>At most 254 ASCII characters; unique without regard to case.</summary>
    [Column("email")]
    public required string Email { get; set; }

    /// <summary>A bcrypt hash; see <c>PasswordHasher</c> for what was hashed.</summary>
    [Column("password")]
    public required string Password { get; set; }

    /// <summary>A random text that changes with the password: a cookie with another one is refused.</summary>
    [Column("security_stamp")]
    public required string SecurityStamp { get; set; }

    [Column("is_admin")]
    public bool IsAdmin { get; set; }

    /// <summary>An IANA time zone, such as Europe/Berlin.</summary>
    [Column("time_zone")]
    public required string TimeZone { get; set; }

    /// <summary>A BCP 47 language tag with a region, such as de-DE.</summary>
    [Column("locale")]
    public required string Locale { get; set; }

    /// <summary>Three letters of ISO 4217, such as EUR.</summary>
    [Column("currency")]
    public required string Currency { get; set; }

    /// <summary>UTC, milliseconds.</summary>
    [Column("created_at")]
    public DateTime CreatedAt { get; init; }
}
