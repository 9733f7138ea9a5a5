using LinqToDB.Mapping;

namespace ExpenseIQ.Database.Tables;

/// <summary>The one row about the whole installation; its id is 1.</summary>
[Table("site")]
public sealed record Site
{
    [Column("id"), PrimaryKey]
    public int Id { get; init; }

    /// <summary>Who registered first, and so became the administrator.</summary>
    [Column("first_user_id")]
    public long? FirstUserId { get; init; }
}
