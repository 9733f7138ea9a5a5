using ExpenseIQ.Database;
using ExpenseIQ.Domain;

namespace ExpenseIQ.Features.Expenses;

/// <summary>A description that the user wrote before, with what most likely goes with it.</summary>
/// <param name="Description">As it was last written.</param>
/// <param name="CategoryId">The category that its newest expenses have most, of two the newer.</param>
/// <param name="Amount">What it cost last.</param>
internal sealed record KnownDescription(string Description, long CategoryId, Money Amount);

/// <summary>Answers what somebody who begins to type a description may go on to write.</summary>
internal static class DescriptionQueries
{
    private const int Most = 8;

    /// <summary>How many expenses of a description are looked at, from the newest on.</summary>
    private const int Newest = 10;

    /// <summary>
    /// The user's descriptions that begin with what was typed, then those with a word that does, each from the most used on. This
    /// reads the user's distinct texts as a search does, so its cost grows with a vocabulary and not with a history; of expenses it
    /// reads the newest few of each text by key.
    /// </summary>
    /// <param name="typed">Folded (<see cref="SearchText"/>); empty: the most used of all.</param>
    public static async Task<IReadOnlyList<KnownDescription>> SuggestDescriptionsAsync(
        this ExpenseDatabase database, long userId, string typed, CancellationToken cancellationToken)
    {
        var keys = await database.ListAsync(
            $"""
            select text_key from search_texts
            where user_id = {userId} and text_key <> {SearchText.KeyOf("")} and (instr(text, {typed}) = 1 or instr(text, {" " + typed}) > 0)
            order by case when instr(text, {typed}) = 1 then 0 else 1 end, expense_count desc, text, text_key {Sql.Limit(Most)}
            """,
            row => row.GetFieldValue<byte[]>(0),
            cancellationToken);
        if (keys.Count == 0) return [];

        var rows = await database.ListAsync(
            Sql.Join(" union all ", keys.Select((key, place) => NewestOf(database, userId, key, place))),
            row => (Place: row.GetInt32(0), Date: row.GetDate(1), Id: row.GetInt64(2), Description: row.GetString(3), CategoryId: row.GetInt64(4), Minor: row.GetInt64(5)),
            cancellationToken);
        return
        [
            .. from row in rows
               orderby row.Date descending, row.Id descending
               group row by row.Place into newest
               orderby newest.Key
               let category = newest.GroupBy(row => row.CategoryId).MaxBy(rows => rows.Count())!.Key
               select new KnownDescription(newest.First().Description, category, new Money(newest.First().Minor)),
        ];
    }

    private static Sql NewestOf(ExpenseDatabase database, long userId, byte[] key, int place) =>
        $"""
        select * from (
          select {place} as place, date, id, description, category_id, amount_minor
          from expenses {Sql.Raw(database.Dialect.Using("expenses_by_text"))}
          where user_id = {userId} and text_key = {key} order by date desc, id desc {Sql.Limit(Newest)}) newest
        """;
}
