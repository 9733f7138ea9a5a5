namespace ExpenseIQ.Database.Tables;

/// <summary>What an expense was for.</summary>
public sealed record Category
{
    public long Id { get; init; }

    /// <summary>Whose it is; null for the defaults that everybody has.</summary>
    public long? UserId { get; init; }

    /// <summary>1 to 50 characters.</summary>
    public required string Name { get; init; }
}
