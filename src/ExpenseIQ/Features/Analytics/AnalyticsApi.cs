using ExpenseIQ.Database;
using ExpenseIQ.Domain;
using ExpenseIQ.Features.Shared;
using ExpenseIQ.Web;

namespace ExpenseIQ.Features.Analytics;

/// <summary>GET /api/analytics: the figures of the dashboard as JSON.</summary>
internal static class AnalyticsApi
{
    public static void MapAnalyticsApi(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api").RequireAuthorization();
        api.MapMethods("/analytics", [HttpMethods.Get, HttpMethods.Head], AnalyseAsync).WithMetadata(new KeptByVersionAttribute());
    }

    private static async Task<IResult> AnalyseAsync(
        HttpContext context, ExpenseDatabase database, CurrentUser user, CancellationToken cancellationToken)
    {
        if (!TryReadMonth(context.Request.Query, user, out var month))
            return Results.Problem("The month can't be read. Write it like 2024-11.", statusCode: StatusCodes.Status400BadRequest);
        var analytics = await database.AnalyseAsync(user.Id, month, user.Today, cancellationToken);
        return Results.Json(AnalyticsJson.Of(analytics), AnalyticsJsonContext.Default.AnalyticsJson);
    }

    /// <summary>The month that is asked for, by default the user's current one; months from 1900 to 2199.</summary>
    public static bool TryReadMonth(IQueryCollection query, CurrentUser user, out Month month)
    {
        month = user.ThisMonth;
        var text = query.Text("month");
        return text.Length == 0
            || (Month.TryParse(text, out month) && month >= Month.Of(Dates.First) && month <= Month.Of(Dates.Last));
    }
}
