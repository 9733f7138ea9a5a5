using ExpenseIQ.Database.Dialects;
using ExpenseIQ.Database.Tables;
using ExpenseIQ.Domain;
using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;

namespace ExpenseIQ.Database;

/// <summary>Checks every invariant of the data: what no program error, crash or hand-made change may have broken.</summary>
public sealed class Verification(ExpenseDatabase database, Dialect dialect)
{
    /// <summary>How many rows of one kind of finding are named.</summary>
    private const int Named = 20;

    private const int LongestSeconds = 3600;

    /// <returns>A line a finding, naming the rows; empty where everything agrees.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken cancellationToken)
    {
        var findings = new List<string>();
        database.CommandTimeout = LongestSeconds;
        foreach (var (finding, sql) in Checks(dialect.MonthOf("date")))
        {
            var rows = await database.QueryToListAsync<string>($"{sql} limit {Named}", cancellationToken);
            findings.AddRange(rows.Select(row => $"{finding}: {row}"));
        }
        await foreach (var row in database.GetTable<Expense>().Select(row => new { row.Id, row.Description, row.SearchText }).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (row.SearchText != SearchText.Fold(row.Description)) findings.Add($"search text differs from the description: expense {row.Id}");
        }
        return findings;
    }

    /// <summary>Each statement selects one text a row that is wrong.</summary>
    private static IEnumerable<(string Finding, string Sql)> Checks(string month)
    {
        // What the expenses sum to and what is kept, with opposite signs: what does not cancel out differs.
        yield return ("monthly total differs from its expenses", $"""
            select {Text("'user '", "user_id", "', month '", "month", "', category '", "category_id", "', off by '", "sum(expense_count)", "' expenses and '", "sum(total_minor)", "' hundredths'")}
            from (
              select user_id, {month} as month, category_id, count(*) as expense_count, sum(amount_minor) as total_minor
              from expenses group by user_id, {month}, category_id
              union all
              select user_id, month, category_id, -expense_count, -total_minor from monthly_totals
            ) both_sides
            group by user_id, month, category_id having sum(expense_count) <> 0 or sum(total_minor) <> 0
            """);
        yield return ("monthly total without expenses", $"""
            select {Text("'user '", "user_id", "', month '", "month", "', category '", "category_id")} from monthly_totals where expense_count < 1
            """);
        yield return ("ledger differs from the user's expenses", $"""
            select {Text("'user '", "user_id", "', off by '", "sum(expense_count)", "' expenses and '", "sum(total_minor)", "' hundredths'")}
            from (
              select user_id, count(*) as expense_count, sum(amount_minor) as total_minor from expenses group by user_id
              union all
              select user_id, -expense_count, -total_minor from ledgers
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

    /// <summary>concat() is a function of both databases.</summary>
    private static string Text(params string[] parts) => $"concat({string.Join(", ", parts)})";
}
