using System.Data.Common;
using ExpenseIQ.Database;
using ExpenseIQ.Domain;

namespace ExpenseIQ.Features.Expenses;

/// <summary>What a form did, for the page that it led to.</summary>
/// <param name="Verb">"Added".</param>
/// <param name="Title">The expense's description, or its category.</param>
/// <param name="UndoKey">What the form that undoes it sends; null where it can't be undone any more.</param>
/// <param name="Back">The page that it stands on.</param>
public sealed record Done(string Verb, string Title, string Amount, string? UndoKey, string Back);

/// <summary>Answers what a form did, by its key.</summary>
internal static class DoneQueries
{
    /// <summary>Null where the address names no form of this user, or one whose expense is not there any more.</summary>
    public static async Task<Done?> FindDoneAsync(this ExpenseDatabase database, Web.CurrentUser user, HttpRequest request, CancellationToken cancellationToken)
    {
        if (ReturnPath.DoneIn(request.Query) is not { } key) return null;
        var back = request.Path.StartsWithSegments("/dashboard", StringComparison.Ordinal) ? request.PathBase + request.Path + request.QueryString.Value : ReturnPath.Of(request);
        return await database.FindAsync(
            $"""
            select s.expense_id, s.kind, s.version, s.before_date, s.before_category_id, s.before_amount_minor, s.before_description, s.before_created_at,
              c.name, e.date, e.amount_minor, e.description, e.category_id, e.version, e.created_at
            from submissions s left join expenses e on e.user_id = s.user_id and e.id = s.expense_id
              left join categories c on c.id = coalesce(e.category_id, s.before_category_id)
            where s.user_id = {user.Id} and s.submission_key = {key}
            """,
            row => Read(row, key, user.Formats, back),
            cancellationToken);
    }

    private static Done? Read(DbDataReader row, string key, Web.Formats formats, string back)
    {
        var change = Submissions.Read(row);
        var present = row.IsDBNull(13)
            ? null
            : new ExpenseDetail(change.ExpenseId, row.GetDate(9), new Money(row.GetInt64(10)), row.GetString(11), row.GetInt64(12), row.GetInt32(13), row.GetDateTime(14));
        if (change.Kind == ChangeKind.None || (change.LeavesExpense ? present : change.Before) is not { } expense) return null;
        var verb = change.Kind switch
        {
            ChangeKind.Reverted => "Changed back",
            ChangeKind.Withdrawn => "Removed again",
            var kind => kind.ToString(),
        };
        var title = expense.Description.Length > 0 ? expense.Description : row.GetString(8);
        return new Done(verb, title, formats.Amount(expense.Amount), change.CanBeUndone(present) ? key : null, back);
    }
}
