using LinqToDB.Mapping;

namespace ExpenseIQ.Database.Tables;

/// <summary>One thing that somebody spent money on.</summary>
[Table("expenses")]
public sealed record Expense
{
    [Column("id"), PrimaryKey, Identity]
    public long Id { get; init; }

    [Column("user_id")]
    public long UserId { get; init; }

    [Column("category_id")]
    public long CategoryId { get; init; }

    /// <summary>Hundredths of the user's currency, 1 to 999,999,999,999.</summary>
    [Column("amount_minor")]
    public long AmountMinor { get; init; }

    /// <summary>Up to 255 characters (Unicode code points), without control characters; may be empty.</summary>
    [Column("description")]
    public required string Description { get; init; }

    /// <summary>The description as <c>SearchText.Fold</c> makes it.</summary>
    [Column("search_text")]
    public required string SearchText { get; init; }

    /// <summary>The day of the spending, as the user counts days.</summary>
    [Column("date")]
    public DateOnly Date { get; init; }

    /// <summary>UTC, milliseconds.</summary>
    [Column("created_at")]
    public DateTime CreatedAt { get; init; }

    /// <summary>UTC, milliseconds.</summary>
    [Column("updated_at")]
    public DateTime UpdatedAt { get; init; }

    /// <summary>Starts at 1, grows with each edit.</summary>
    [Column("version")]
    public int Version { get; init; }
}
