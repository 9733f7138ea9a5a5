namespace ExpenseIQ.Database;

/// <summary>
/// How a command keeps a user's books: it opens the ledger first, which holds back the user's other writers, then changes rows and
/// books each change (<see cref="Booking"/>) in the same transaction.
/// </summary>
internal static class Bookkeeping
{
    /// <summary>Locks the user's books and counts their version on.</summary>
    public static Sql OpenLedger(long userId) => $"update ledgers set version = version + 1 where user_id = {userId}";

    /// <summary>
    /// Selects a row where the same form acted before; nothing where the form is new or came without a key.
    /// </summary>
    public static Sql FindSubmission(long userId, string? key) =>
        $"select expense_id from submissions where user_id = {userId} and submission_key = {key ?? ""}";

    /// <param name="expenseId">SQL for the expense that the form acted on.</param>
    public static Sql RecordSubmission(long userId, string? key, Sql expenseId, DateTime now) => key is null
        ? Sql.Empty
        : $"insert into submissions (user_id, submission_key, expense_id, created_at) values ({userId}, {key}, {expenseId}, {now})";
}
