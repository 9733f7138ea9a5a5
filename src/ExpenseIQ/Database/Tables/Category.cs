using LinqToDB.Mapping;

namespace ExpenseIQ.Database.Tables;

/// <summary>What an expense was for.</summary>
[Table("categories")]
public sealed record Category
{
    [Column("id"), PrimaryKey, Identity]
    public long Id { get; init; }

    /// <summary>Whose it is; null for the defaults that everybody has.</summary>
    [Column("user_id")]
    public long? UserId { get; init; }

    /// <summary>1 to 50 characters.</summary>
    [Column("name")]
    public required string Name { get; init; }
}
