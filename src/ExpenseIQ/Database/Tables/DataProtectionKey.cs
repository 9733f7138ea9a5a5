using LinqToDB.Mapping;

namespace ExpenseIQ.Database.Tables;

/// <summary>A key that signs cookies and form tokens, as ASP.NET Core's data protection writes it.</summary>
[Table("data_protection_keys")]
public sealed record DataProtectionKey
{
    [Column("id"), PrimaryKey, Identity]
    public long Id { get; init; }

    [Column("name")]
    public required string Name { get; init; }

    /// <summary>The key's XML, its secret part encrypted with SECRET_KEY.</summary>
    [Column("xml")]
    public required string Xml { get; init; }

    /// <summary>UTC, milliseconds.</summary>
    [Column("created_at")]
    public DateTime CreatedAt { get; init; }
}
