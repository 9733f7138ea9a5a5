namespace ExpenseIQ.Database;

/// <summary>A command's hold on its transaction.</summary>
public sealed class WriteTransaction
{
    public bool IsAbandoned { get; private set; }

    /// <summary>Says that nothing of the transaction is to stay, and why.</summary>
    /// <returns><paramref name="result"/>.</returns>
    public T Abandon<T>(T result)
    {
        IsAbandoned = true;
        return result;
    }
}
