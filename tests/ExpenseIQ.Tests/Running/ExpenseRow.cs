namespace ExpenseIQ.Tests.Running;

/// <summary>A row of the table expenses.</summary>
internal sealed record ExpenseRow(
    long Id, long UserId, long CategoryId, long AmountMinor, string Description, DateOnly Date, DateTime CreatedAt, DateTime UpdatedAt, int Version);
