using System.Globalization;
using ExpenseIQ.Domain;
using Microsoft.AspNetCore.Http.Extensions;

namespace ExpenseIQ.Features.Expenses;

/// <summary>The address of the list of certain days, and of a category.</summary>
public static class ExpenseLinks
{
    public static string Of(DateOnly from, DateOnly to, long? categoryId = null)
    {
        var query = new QueryBuilder { { "date_from", Dates.ToInput(from) }, { "date_to", Dates.ToInput(to) } };
        if (categoryId is { } id) query.Add("category_id", id.ToString(CultureInfo.InvariantCulture));
        return "/expenses" + query;
    }

    public static string Of(Month month, long? categoryId = null) => Of(month.First, month.Last, categoryId);
}
