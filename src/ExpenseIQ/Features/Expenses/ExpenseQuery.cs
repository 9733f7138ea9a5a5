using System.Globalization;
using ExpenseIQ.Domain;
using Microsoft.AspNetCore.Http.Extensions;

namespace ExpenseIQ.Features.Expenses;

/// <summary>What asks the list for certain days, and for a category.</summary>
public static class ExpenseQuery
{
    public static string Of(DateOnly from, DateOnly to, long? categoryId = null)
    {
        var query = new QueryBuilder { { "date_from", Dates.ToInput(from) }, { "date_to", Dates.ToInput(to) } };
        if (categoryId is { } id) query.Add("category_id", id.ToString(CultureInfo.InvariantCulture));
        return query.ToString();
    }

    public static string Of(Month month, long? categoryId = null) => Of(month.First, month.Last, categoryId);
}
