using System.Data.Common;
using ExpenseIQ.Database;
using ExpenseIQ.Domain;

namespace ExpenseIQ.Features.Expenses;

/// <summary>What a form did to an expense. The numbers are stored.</summary>
public enum ChangeKind
{
    /// <summary>Not recorded: by an older version of the program.</summary>
    None = 0,
    Added = 1,
    Changed = 2,
    Deleted = 3,

    /// <summary>A deleted expense is there again.</summary>
    Restored = 4,

    /// <summary>A change was taken back.</summary>
    Reverted = 5,

    /// <summary>An added expense was taken back.</summary>
    Withdrawn = 6,
}

/// <summary>A change as it is recorded with its form: what it did, and what the expense was before.</summary>
/// <param name="Version">The version that the expense has since; that of <paramref name="Before"/> where it is gone.</param>
/// <param name="Before">Null where there was none.</param>
internal sealed record Change(ChangeKind Kind, long ExpenseId, int Version, ExpenseDetail? Before)
{
    public bool LeavesExpense => Kind is not (ChangeKind.Deleted or ChangeKind.Withdrawn);

    /// <summary>Whether the expense is as the change left it.</summary>
    /// <param name="present">The expense now; null where it is gone.</param>
    public bool CanBeUndone(ExpenseDetail? present) => LeavesExpense ? present?.Version == Version : present is null;
}

/// <summary>
/// The forms that were carried out. A form's key is stored in the transaction of its change: sent twice it acts once, and what it did
/// can be undone.
/// </summary>
internal static class Submissions
{
    /// <summary>Selects the change of a form that acted before; nothing where the form is new.</summary>
    public static Sql Find(long userId, string key) =>
        $"""
        select expense_id, kind, version, before_date, before_category_id, before_amount_minor, before_description, before_created_at
        from submissions where user_id = {userId} and submission_key = {key}
        """;

    public static Change Read(DbDataReader row)
    {
        var (expenseId, version) = (row.GetInt64(0), row.GetInt32(2));
        var before = row.IsDBNull(3)
            ? null
            : new ExpenseDetail(expenseId, row.GetDate(3), new Money(row.GetInt64(5)), row.GetString(6), row.GetInt64(4), version, row.GetDateTime(7));
        return new Change((ChangeKind)row.GetInt32(1), expenseId, version, before);
    }

    /// <param name="expenseId">SQL for the expense that the form acted on.</param>
    public static Sql Record(long userId, string key, ChangeKind kind, Sql expenseId, int version, ExpenseDetail? before, DateTime now) =>
        $"""
        insert into submissions (user_id, submission_key, expense_id, created_at, kind, version,
          before_date, before_category_id, before_amount_minor, before_description, before_created_at)
        values ({userId}, {key}, {expenseId}, {now}, {(int)kind}, {version},
          {Sql.OrNull(before?.Date)}, {Sql.OrNull(before?.CategoryId)}, {Sql.OrNull(before?.Amount.Minor)}, {Sql.OrNull(before?.Description)}, {Sql.OrNull(before?.CreatedAt)})
        """;
}
