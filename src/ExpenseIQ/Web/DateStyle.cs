using System.Globalization;

namespace ExpenseIQ.Web;

/// <summary>A way to write dates that a person can choose. Pages are in English, so names of months and days are too.</summary>
/// <param name="Name">How it is stored; empty: the region's own.</param>
/// <param name="Pattern">A .NET format.</param>
public sealed record DateStyle(string Name, string Pattern)
{
    private static readonly DateStyle MonthFirst = new("mdy", "MMM d, yyyy");
    private static readonly DateStyle DayFirst = new("dmy", "d MMM yyyy");
    private static readonly DateStyle YearFirst = new("ymd", "yyyy-MM-dd");

    /// <summary>What can be chosen, beside the region's own.</summary>
    public static readonly IReadOnlyList<DateStyle> All =
        [MonthFirst, DayFirst, YearFirst, new("dots", "dd.MM.yyyy"), new("slashes", "dd/MM/yyyy"), new("us", "MM/dd/yyyy")];

    /// <summary>The style of that name; of a region's own order where the name is empty or not known.</summary>
    public static DateStyle Of(string name, CultureInfo region) =>
        All.FirstOrDefault(style => style.Name == name) ?? region.DateTimeFormat.ShortDatePattern.TrimStart('\'')[..1] switch
        {
            "M" => MonthFirst,
            "y" => YearFirst,
            _ => DayFirst,
        };

    public string Write(DateOnly date) => date.ToString(Pattern, CultureInfo.InvariantCulture);
}
