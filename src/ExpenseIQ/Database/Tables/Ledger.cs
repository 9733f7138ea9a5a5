using LinqToDB.Mapping;

namespace ExpenseIQ.Database.Tables;

/// <summary>A user's books as a whole. Each write of the user locks this row first.</summary>
[Table("ledgers")]
public sealed record Ledger
{
    [Column("user_id"), PrimaryKey]
    public long UserId { get; init; }

    /// <summary>Grows with each change to anything that the user's pages show.</summary>
    [Column("version")]
    public long Version { get; init; }

    /// <summary>How many expenses the user has.</summary>
    [Column("expense_count")]
    public long ExpenseCount { get; init; }

    /// <summary>The sum of them, in hundredths.</summary>
    [Column("total_minor")]
    public long TotalMinor { get; init; }
}
