using ExpenseIQ.Database.Dialects;
using ExpenseIQ.Domain;

namespace ExpenseIQ.Database;

/// <summary>Checks every invariant of the data: what no program error, crash or hand-made change may have broken.</summary>
public sealed class Verification(ExpenseDatabase database, Dialect dialect)
{
    /// <summary>How many rows of one kind of finding are named.</summary>
    private const int Named = 20;

    private const int LongestSeconds = 3600;

    /// <summary>SQL for by how much the two sides of a comparison differ.</summary>
    private const string Off = "', off by ', sum(expense_count), ' expenses and ', sum(total_minor), ' hundredths'";

    /// <summary>An account that its owner left goes bit by bit: meanwhile its rows don't agree.</summary>
    private const string Staying = "user_id not in (select id from users where leaving_at is not null)";

    /// <returns>A line a finding, naming the rows; empty where everything agrees.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken cancellationToken)
    {
        var findings = new List<string>();
        database.CommandTimeout = LongestSeconds;
        foreach (var (finding, sql) in Checks(dialect))
        {
            var rows = await database.ListAsync(Sql.Raw($"{sql} limit {Named}"), row => row.GetString(0), cancellationToken);
            findings.AddRange(rows.Select(row => $"{finding}: {row}"));
        }
        var expenses = database.StreamAsync(
            $"select id, description, text_key from expenses",
            row => (Id: row.GetInt64(0), Description: row.GetString(1), TextKey: row.GetFieldValue<byte[]>(2)),
            cancellationToken);
        await foreach (var row in expenses)
        {
            if (!SearchText.KeyOf(SearchText.Fold(row.Description)).SequenceEqual(row.TextKey))
                findings.Add($"search text differs from the description: expense {row.Id}");
        }
        return findings;
    }

    /// <summary>Each statement selects one text a row that is wrong.</summary>
    private static IEnumerable<(string Finding, string Sql)> Checks(Dialect dialect)
    {
        // What the expenses sum to and what is kept, with opposite signs: what does not cancel out differs.
        foreach (var (name, kind, bucket, category) in Totals(dialect))
        {
            yield return ($"total of {name} differs from its expenses", $"""
                select {Text("'user '", "user_id", "', bucket '", "bucket", "', category '", "category_id", Off)}
                from (
                  select user_id, bucket, category_id, count(*) as expense_count, sum(amount_minor) as total_minor
                  from (select user_id, {bucket} as bucket, {category} as category_id, amount_minor from expenses where {Staying}) entries
                  where bucket > 0 or {kind} = {TotalKind.Category} group by user_id, bucket, category_id
                  union all
                  select user_id, bucket, category_id, -expense_count, -total_minor from totals where kind = {kind} and {Staying}
                ) both_sides
                group by user_id, bucket, category_id having sum(expense_count) <> 0 or sum(total_minor) <> 0
                """);
        }
        yield return ("total of an unknown kind", $"""
            select {Text("'user '", "user_id", "', kind '", "kind")} from totals
            where kind not between {TotalKind.Month} and {TotalKind.DayAndCategory} and kind not between {TotalKind.Amount} and {TotalKind.Amount + AmountTree.Levels - 1}
            """);
        yield return ("total without expenses", $"""
            select {Text("'user '", "user_id", "', kind '", "kind", "', bucket '", "bucket", "', category '", "category_id")} from totals where expense_count < 1
            """);
        yield return ("search text differs from its expenses", $"""
            select {Text("'user '", "user_id", "', text '", "lower(hex(text_key))", Off)}
            from (
              select user_id, text_key, count(*) as expense_count, sum(amount_minor) as total_minor from expenses where {Staying} group by user_id, text_key
              union all
              select user_id, text_key, -expense_count, -total_minor from search_texts where {Staying}
            ) both_sides
            group by user_id, text_key having sum(expense_count) <> 0 or sum(total_minor) <> 0
            """);
        yield return ("search text without expenses", $"""
            select {Text("'user '", "user_id", "', text '", "lower(hex(text_key))")} from search_texts where expense_count < 1
            """);
        yield return ("search text under another key than its own", $"""
            select {Text("'user '", "user_id", "', text '", "lower(hex(text_key))")} from search_texts where text_key <> {dialect.TextKeyOf("text")}
            """);
        yield return ("ledger differs from the user's expenses", $"""
            select {Text("'user '", "user_id", Off)}
            from (
              select user_id, count(*) as expense_count, sum(amount_minor) as total_minor from expenses where {Staying} group by user_id
              union all
              select user_id, -expense_count, -total_minor from ledgers where {Staying}
            ) both_sides
            group by user_id having sum(expense_count) <> 0 or sum(total_minor) <> 0
            """);
        yield return ("user without a ledger", $"select {Text("'user '", "u.id")} from users u left join ledgers l on l.user_id = u.id where l.user_id is null");
        yield return ("expense of nobody", $"select {Text("'expense '", "e.id")} from expenses e left join users u on u.id = e.user_id where u.id is null");
        yield return ("expense without a category", $"select {Text("'expense '", "e.id")} from expenses e left join categories c on c.id = e.category_id where c.id is null");
        yield return ("expense in somebody else's category", $"""
            select {Text("'expense '", "e.id", "', category '", "c.id")}
            from expenses e join categories c on c.id = e.category_id where c.user_id is not null and c.user_id <> e.user_id
            """);
        yield return ("expense with an amount out of range", $"select {Text("'expense '", "e.id")} from expenses e where e.amount_minor not between 1 and {Money.Largest.Minor}");
        yield return ("expense with a date out of range", $"""
            select {Text("'expense '", "e.id")} from expenses e where e.date < '{Dates.ToInput(Dates.First)}' or e.date > '{Dates.ToInput(Dates.Last)}'
            """);
        yield return ("default category missing or double", """
            select d.name from (select 'Food' as name union select 'Travel' union select 'Shopping' union select 'Bills' union select 'Health' union select 'Others') d
            where (select count(*) from categories c where c.user_id is null and c.name = d.name) <> 1
            """);
        yield return ("own category named like a default", $"""
            select {Text("'category '", "c.id")} from categories c join categories d on d.user_id is null and d.name = c.name where c.user_id is not null
            """);
        yield return ("category of nobody", $"""
            select {Text("'category '", "c.id")} from categories c left join users u on u.id = c.user_id where c.user_id is not null and u.id is null
            """);
        yield return ("the site has no row of its own", "select 'site 1' from (select 1 as one) x where not exists (select id from site where id = 1)");
        yield return ("first user without the administrator's role", $"""
            select {Text("'user '", "s.first_user_id")} from site s left join users u on u.id = s.first_user_id
            where s.first_user_id is not null and (select count(*) from users a where a.is_admin) = 0
            """);
    }

    /// <summary>Each kind of kept total: its name, its number, and SQL for the bucket and the category of an expense.</summary>
    private static IEnumerable<(string Name, int Kind, string Bucket, string Category)> Totals(Dialect dialect)
    {
        yield return ("a month", TotalKind.Month, dialect.MonthOf("date"), "0");
        yield return ("a month and category", TotalKind.MonthAndCategory, dialect.MonthOf("date"), "category_id");
        yield return ("a category", TotalKind.Category, "0", "category_id");
        yield return ("a day and category", TotalKind.DayAndCategory, dialect.DayOf("date"), "category_id");
        for (var level = 0; level < AmountTree.Levels; level++)
            yield return ($"amounts (level {level})", TotalKind.Amount + level, AmountTree.BucketOf("amount_minor", level), "0");
    }

    /// <summary>concat() is a function of both databases.</summary>
    private static string Text(params string[] parts) => $"concat({string.Join(", ", parts)})";
}
