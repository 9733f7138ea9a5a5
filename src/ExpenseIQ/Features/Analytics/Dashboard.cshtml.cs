using ExpenseIQ.Database;
using ExpenseIQ.Domain;
using ExpenseIQ.Features.Expenses;
using ExpenseIQ.Features.Shared;
using ExpenseIQ.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExpenseIQ.Features.Analytics;

public sealed class DashboardModel(ExpenseDatabase database, CurrentUser user) : PageModel
{
    public FormErrors Errors { get; } = new();

    public Analytics Analytics { get; private set; } = new(default, default, [], [], []);

    public Formats Formats => user.Formats;

    public bool IsCurrentMonth => Analytics.Month == user.ThisMonth;

    public bool IsEmpty => Analytics.Recent.Count == 0;

    /// <summary>The rows that the prediction is made of.</summary>
    public string PredictionLink
    {
        get
        {
            var (first, last) = Analytics.PredictionRange;
            return first > last ? ExpenseLinks.Of(Analytics.Month) : ExpenseLinks.Of(first.First, last.Last);
        }
    }

    /// <summary>What the prediction rests on, in words.</summary>
    public string PredictionBasis
    {
        get
        {
            var (first, last) = Analytics.PredictionRange;
            if (first > last) return "at this month's pace";
            return first == last ? $"as in {Formats.MonthName(last)}" : $"mean of {Formats.ShortMonth(first)} to {Formats.ShortMonth(last)}";
        }
    }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (!AnalyticsApi.TryReadMonth(Request.Query, user, out var month))
        {
            Errors.Add("month", "The month in the address can't be read; write it like 2024-11. This is the current one.");
            Response.StatusCode = StatusCodes.Status400BadRequest;
            month = user.ThisMonth;
        }
        Analytics = await database.AnalyseAsync(user.Id, month, user.Today, cancellationToken);
        return Page();
    }
}
