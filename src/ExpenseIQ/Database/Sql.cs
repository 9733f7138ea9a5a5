using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace ExpenseIQ.Database;

/// <summary>
/// SQL written as an interpolated string: <c>$"… where id = {id}"</c>. Each value in it becomes a parameter, so that no value
/// can become SQL; a nested <see cref="Sql"/> becomes part of the text.
/// </summary>
[InterpolatedStringHandler]
public sealed class Sql
{
    private readonly StringBuilder text;
    private readonly List<object> values;

    public Sql(int literalLength, int formattedCount)
    {
        text = new StringBuilder(literalLength + formattedCount * 4);
        values = new List<object>(formattedCount);
    }

    /// <summary>Nothing.</summary>
    public static Sql Empty => new(0, 0);

    /// <summary>The values of @p0, @p1, …</summary>
    public IReadOnlyList<object> Values => values;

    /// <summary>Text that the program itself wrote, taken as it is: a name, a clause of the dialect.</summary>
    public static Sql Raw(string text)
    {
        var sql = new Sql(text.Length, 0);
        sql.AppendLiteral(text);
        return sql;
    }

    /// <summary>
    /// The clause LIMIT, as text: where it is a parameter, SQLite plans the statement by its value and so prepares it anew each time.
    /// </summary>
    public static Sql Limit(int rows) => Raw(string.Create(CultureInfo.InvariantCulture, $"limit {rows}"));

    /// <summary>A value, or null as text.</summary>
    public static Sql OrNull(object? value)
    {
        if (value is null) return Raw("null");
        var sql = new Sql(0, 1);
        sql.Add(value);
        return sql;
    }

    /// <summary>The parts that are not empty, one after the other.</summary>
    public static Sql Join(string separator, IEnumerable<Sql> parts)
    {
        var joined = Empty;
        foreach (var part in parts)
        {
            if (part.text.Length == 0) continue;
            if (joined.text.Length > 0) joined.AppendLiteral(separator);
            joined.AppendFormatted(part);
        }
        return joined;
    }

    /// <summary>The name of a parameter by its place.</summary>
    public static string NameOf(int index) => string.Create(CultureInfo.InvariantCulture, $"@p{index}");

    public void AppendLiteral(string literal) => text.Append(literal);

    public void AppendFormatted(long value) => Add(value);

    public void AppendFormatted(bool value) => Add(value);

    public void AppendFormatted(string value) => Add(value);

    public void AppendFormatted(DateOnly value) => Add(value);

    public void AppendFormatted(DateTime value) => Add(value);

    public void AppendFormatted(byte[] value) => Add(value);

    /// <summary>A list for IN, without its brackets.</summary>
    public void AppendFormatted(IEnumerable<long> list) => AddAll(list.Select(value => (object)value));

    /// <summary>A list for IN, without its brackets.</summary>
    public void AppendFormatted(IEnumerable<byte[]> list) => AddAll(list);

    public void AppendFormatted(Sql part)
    {
        if (part.values.Count == 0)
        {
            text.Append(part.text);
            return;
        }
        // The parameters get new numbers: each @p of the part is followed by the number that it had.
        var rest = part.text.ToString().AsSpan();
        for (var next = 0; next < part.values.Count; next++)
        {
            var at = rest.IndexOf("@p");
            text.Append(rest[..at]);
            Add(part.values[next]);
            rest = rest[(at + NameOf(next).Length)..];
        }
        text.Append(rest);
    }

    public bool IsEmpty => text.Length == 0;

    public override string ToString() => text.ToString();

    private void Add(object value)
    {
        text.Append("@p").Append(values.Count);
        values.Add(value);
    }

    private void AddAll(IEnumerable<object> list)
    {
        var isFirst = true;
        foreach (var value in list)
        {
            if (!isFirst) text.Append(", ");
            Add(value);
            isFirst = false;
        }
    }
}
