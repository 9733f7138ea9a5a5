namespace ExpenseIQ.Database;

/// <summary>
/// How a command keeps a user's books: it opens the ledger first, which holds back the user's other writers, then changes rows and
/// books each change (<see cref="Booking"/>) in the same transaction.
/// </summary>
internal static class Bookkeeping
{
    /// <summary>Locks the user's books and counts their version on.</summary>
    public static Sql OpenLedger(long userId) => $"update ledgers set version = version + 1 where user_id = {userId}";
}
