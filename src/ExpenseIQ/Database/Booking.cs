using ExpenseIQ.Domain;

namespace ExpenseIQ.Database;

/// <summary>
/// What a change of a user's expenses changes in the ledger, in the totals and among the search texts. It is written in the
/// transaction of the change, after the ledger was opened, in as few statements as can be.
/// </summary>
internal sealed class Booking(long userId)
{
    private readonly Dictionary<TotalKey, Sums> totals = [];
    private readonly Dictionary<string, Sums> texts = new(StringComparer.Ordinal);
    private Sums all;

    public void Add(Entry entry) => Count(entry, 1, entry.Amount);

    public void Remove(Entry entry) => Count(entry, -1, -entry.Amount);

    /// <summary>The statements, to be run in this order; none where nothing changes.</summary>
    public IReadOnlyList<Sql> Statements(ExpenseDatabase database)
    {
        var statements = new List<Sql>();
        if (all != default)
            statements.Add($"update ledgers set expense_count = expense_count + {all.Count}, total_minor = total_minor + {all.Minor} where user_id = {userId}");

        var orAdd = Sql.Raw(database.Dialect.OrAdd("user_id, kind, bucket, category_id", "expense_count", "total_minor"));
        var changed = totals.Where(total => total.Value != default).OrderBy(total => total.Key.Kind).ThenBy(total => total.Key.Bucket).ToList();
        foreach (var rows in changed.Chunk(database.Dialect.RowsAnInsert))
        {
            var values = Sql.Join(", ", rows.Select(Row));
            statements.Add($"insert into totals (user_id, kind, bucket, category_id, expense_count, total_minor) values {values} {orAdd}");
        }
        foreach (var (key, sums) in changed)
        {
            if (sums.Count < 0)
                statements.Add($"delete from totals where user_id = {userId} and kind = {key.Kind} and bucket = {key.Bucket} and category_id = {key.CategoryId} and expense_count = 0");
        }

        orAdd = Sql.Raw(database.Dialect.OrAdd("user_id, text_key", "expense_count", "total_minor"));
        var changedTexts = texts.Where(text => text.Value != default).ToList();
        foreach (var rows in changedTexts.Chunk(database.Dialect.RowsAnInsert))
        {
            var values = Sql.Join(", ", rows.Select(Row));
            statements.Add($"insert into search_texts (user_id, text_key, text, expense_count, total_minor) values {values} {orAdd}");
        }
        foreach (var (text, sums) in changedTexts)
        {
            if (sums.Count < 0)
                statements.Add($"delete from search_texts where user_id = {userId} and text_key = {SearchText.KeyOf(text)} and expense_count = 0");
        }
        return statements;
    }

    private void Count(Entry entry, long count, Money amount)
    {
        all = all.Plus(count, amount.Minor);
        foreach (var key in TotalKey.Of(entry)) totals[key] = totals.GetValueOrDefault(key).Plus(count, amount.Minor);
        texts[entry.Text] = texts.GetValueOrDefault(entry.Text).Plus(count, amount.Minor);
    }

    private Sql Row(KeyValuePair<TotalKey, Sums> total) =>
        $"({userId}, {total.Key.Kind}, {total.Key.Bucket}, {total.Key.CategoryId}, {total.Value.Count}, {total.Value.Minor})";

    private Sql Row(KeyValuePair<string, Sums> text) =>
        $"({userId}, {SearchText.KeyOf(text.Key)}, {text.Key}, {text.Value.Count}, {text.Value.Minor})";

    private readonly record struct Sums(long Count, long Minor)
    {
        public Sums Plus(long count, long minor) => new(Count + count, checked(Minor + minor));
    }
}
