using System.Globalization;
using ExpenseIQ.Domain;

namespace ExpenseIQ.Features.Expenses;

/// <summary>What asks the list for certain days, and for a category.</summary>
public static class ExpenseQuery
{
    public static string Of(DateOnly from, DateOnly to, long? categoryId = null)
    {
        var days = $"?date_from={Dates.ToInput(from)}&date_to={Dates.ToInput(to)}";
        return categoryId is { } id ? string.Create(CultureInfo.InvariantCulture, $"{days}&category_id={id}") : days;
    }

    public static string Of(Month month, long? categoryId = null) => Of(month.First, month.Last, categoryId);
}
