using LinqToDB.Mapping;

namespace ExpenseIQ.Database.Tables;

/// <summary>A form that was carried out; the same form sent again does nothing more.</summary>
[Table("submissions")]
public sealed record Submission
{
    [Column("user_id"), PrimaryKey(0)]
    public long UserId { get; init; }

    /// <summary>The key that the form came with: a UUID in 36 characters.</summary>
    [Column("submission_key"), PrimaryKey(1)]
    public required string Key { get; init; }

    /// <summary>The expense that was added, changed or deleted.</summary>
    [Column("expense_id")]
    public long ExpenseId { get; init; }

    /// <summary>UTC, milliseconds.</summary>
    [Column("created_at")]
    public DateTime CreatedAt { get; init; }
}
