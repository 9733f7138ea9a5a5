using ExpenseIQ.Database;

namespace ExpenseIQ.Features.Expenses;

/// <summary>The search texts of a user that have all words of a search, and the sums of their expenses.</summary>
/// <param name="Keys">Their keys; null where there are more than are worth naming.</param>
internal sealed record MatchingTexts(IReadOnlyList<byte[]>? Keys, ExpenseTotal Total);

/// <summary>What a filter says, in SQL.</summary>
internal static class ExpenseConditions
{
    /// <summary>How many texts a search names one by one; of more it asks in a subquery.</summary>
    private const int MostKeys = 256;

    /// <summary>Conditions on the table expenses for a user's rows that the filter selects.</summary>
    /// <param name="texts">What the filter's words match, where it has any.</param>
    public static Sql Of(long userId, ExpenseFilter filter, MatchingTexts? texts)
    {
        Sql conditions = $"user_id = {userId}";
        if (filter.From is { } from) conditions = $"{conditions} and date >= {from}";
        if (filter.To is { } to) conditions = $"{conditions} and date <= {to}";
        if (filter.HasCategories) conditions = $"{conditions} and category_id in ({filter.CategoryIds})";
        if (filter.Least is { } least) conditions = $"{conditions} and amount_minor >= {least.Minor}";
        if (filter.Most is { } most) conditions = $"{conditions} and amount_minor <= {most.Minor}";
        return texts switch
        {
            null => conditions,
            { Keys: { Count: > 0 } keys } => $"{conditions} and text_key in ({keys})",
            { Keys: null } => $"{conditions} and text_key in (select text_key from search_texts where {TextsWith(userId, filter.Words)})",
            _ => $"{conditions} and 1 = 0",
        };
    }

    /// <summary>
    /// Looks for the words among the user's distinct texts, of which there are far fewer than expenses. The words may stand
    /// anywhere in a text, so this reads all of them: its cost is that of the texts, not of the history.
    /// </summary>
    public static async Task<MatchingTexts?> FindTextsAsync(
        this ExpenseDatabase database, long userId, ExpenseFilter filter, CancellationToken cancellationToken)
    {
        if (!filter.HasWords) return null;
        var found = await database.ListAsync(
            $"select text_key, expense_count, total_minor from search_texts where {TextsWith(userId, filter.Words)} {Sql.Limit(MostKeys + 1)}",
            row => (Key: row.GetFieldValue<byte[]>(0), Count: row.GetInt64(1), Minor: row.GetInt64(2)),
            cancellationToken);
        if (found.Count <= MostKeys)
            return new MatchingTexts([.. found.Select(text => text.Key)], new ExpenseTotal(found.Sum(text => text.Count), new(found.Sum(text => text.Minor))));

        Sql sums = $"select expense_count, total_minor from search_texts where {TextsWith(userId, filter.Words)}";
        var total = await database.FindAsync(ExpenseTotals.Sum(sums), ExpenseTotals.Read, cancellationToken);
        return new MatchingTexts(Keys: null, total!);
    }

    private static Sql TextsWith(long userId, IReadOnlyList<string> words)
    {
        Sql conditions = $"user_id = {userId}";
        foreach (var word in words) conditions = $"{conditions} and instr(text, {word}) > 0";
        return conditions;
    }
}
