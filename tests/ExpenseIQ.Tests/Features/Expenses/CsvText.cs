namespace ExpenseIQ.Tests.Features.Expenses;

/// <summary>Reads CSV by RFC 4180, plainly.</summary>
internal static class CsvText
{
    public static List<string[]> Rows(string text)
    {
        var rows = new List<string[]>();
        var row = new List<string>();
        var cell = new System.Text.StringBuilder();
        var quoted = false;
        for (var index = 0; index < text.Length; index++)
        {
            var c = text[index];
            if (quoted && c == '"' && index + 1 < text.Length && text[index + 1] == '"') cell.Append(text[++index]);
            else if (c == '"') quoted = !quoted;
            else if (quoted || c is not (',' or '\r' or '\n')) cell.Append(c);
            else if (c == ',') EndCell();
            else if (c == '\n') EndRow();
        }
        return rows;

        void EndCell()
        {
            row.Add(cell.ToString());
            cell.Clear();
        }

        void EndRow()
        {
            EndCell();
            rows.Add([.. row]);
            row.Clear();
        }
    }
}
