using LinqToDB.Mapping;

namespace ExpenseIQ.Database.Tables;

/// <summary>The sum of a user's expenses of one month and category; there is no row where there are none.</summary>
[Table("monthly_totals")]
public sealed record MonthlyTotal
{
    [Column("user_id"), PrimaryKey(0)]
    public long UserId { get; init; }

    /// <summary>Year × 100 + month: 202411.</summary>
    [Column("month"), PrimaryKey(1)]
    public int Month { get; init; }

    [Column("category_id"), PrimaryKey(2)]
    public long CategoryId { get; init; }

    /// <summary>At least 1.</summary>
    [Column("expense_count")]
    public long ExpenseCount { get; init; }

    /// <summary>Hundredths.</summary>
    [Column("total_minor")]
    public long TotalMinor { get; init; }
}
