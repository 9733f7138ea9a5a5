namespace ExpenseIQ.Bench.Reporting;

/// <summary>Rows of texts, aligned: the first columns to the left, figures to the right.</summary>
internal sealed class TextTable(int leftColumns, params string[] heads)
{
    private readonly List<string[]> rows = [heads];

    public void Add(params string[] row) => rows.Add(row);

    /// <summary>A line between groups of rows.</summary>
    public void Break() => rows.Add([]);

    public override string ToString()
    {
        var widths = heads.Select((_, column) => rows.Where(row => row.Length > column).Max(row => row[column].Length)).ToArray();
        return string.Join('\n', rows.Select(row => string.Join("  ", row.Select(Pad)).TrimEnd()));

        string Pad(string text, int column) => column < leftColumns ? text.PadRight(widths[column]) : text.PadLeft(widths[column]);
    }
}
