namespace ExpenseIQ.Features.Shared;

internal static class FormText
{
    /// <summary>The text of a field; empty where it was not sent, the first where it was sent more than once.</summary>
    public static string Text(this IFormCollection form, string field) => form[field] is [{ } text, ..] ? text : "";

    public static string Text(this IQueryCollection query, string field) => query[field] is [{ } text, ..] ? text : "";

    /// <summary>
    /// Whether what a form could not be read for is the form's own fault: too many fields, one that is too long, UTF-7, parts that end
    /// before they are whole. A request that breaks the server's rules says its status itself.
    /// </summary>
    public static bool IsUnreadable(Exception exception) =>
        exception is InvalidDataException or NotSupportedException or (IOException and not BadHttpRequestException);
}
