using ExpenseIQ.Database;
using ExpenseIQ.Domain;
using ExpenseIQ.Features.Expenses;
using ExpenseIQ.Features.Shared;
using ExpenseIQ.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExpenseIQ.Features.Analytics;

[KeptByVersion]
public sealed class DashboardModel(ExpenseDatabase database, CurrentUser user) : PageModel
{
    public FormErrors Errors { get; } = new();

    public Analytics Analytics { get; private set; } = new(default, default, [], [], []);

    public Formats Formats => user.Formats;

    public string Username => user.Username;

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

    /// <summary>How the month compares with the one before it, up to that month's name. The arrow's icon, the figure and the words.</summary>
    public (string? Arrow, string Percent, string Words) Change => Analytics switch
    {
        { MonthTotal.Minor: 0 } => (null, "", IsCurrentMonth ? "Nothing yet this month. " : "Nothing this month. "),
        { GrowthPercent: null } => (null, "", "Nothing to compare with in "),
        { GrowthPercent: > 0.05m } => ("arrow-up", Formats.Percent(Analytics.GrowthPercent.Value), " more than "),
        { GrowthPercent: < -0.05m } => ("arrow-down", Formats.Percent(Analytics.GrowthPercent.Value), " less than "),
        _ => (null, "", Analytics.MonthTotal == Analytics.LastMonthTotal ? "Just as much as " : "About as much as "),
    };

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
