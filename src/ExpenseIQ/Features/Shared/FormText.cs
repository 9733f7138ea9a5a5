namespace ExpenseIQ.Features.Shared;

internal static class FormText
{
    /// <summary>The text of a field; empty where it was not sent, the first where it was sent more than once.</summary>
    public static string Text(this IFormCollection form, string field) => form[field] is [{ } text, ..] ? text : "";

    public static string Text(this IQueryCollection query, string field) => query[field] is [{ } text, ..] ? text : "";
}
