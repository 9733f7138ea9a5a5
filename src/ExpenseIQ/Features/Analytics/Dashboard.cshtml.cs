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

    /// <summary>What a form did that led here.</summary>
    public Done? Done { get; private set; }

    public bool HasSamples => user.HasSamples;

    public Formats Formats => user.Formats;

    public string Username => user.Username;

    public bool IsCurrentMonth => Analytics.Month == user.ThisMonth;

    public bool IsEmpty => Analytics.Recent.Count == 0;

    /// <summary>What asks the list for the rows that the prediction is made of.</summary>
    public string PredictionQuery
    {
        get
        {
            var (first, last) = Analytics.PredictionRange;
            return first > last ? ExpenseQuery.Of(Analytics.Month) : ExpenseQuery.Of(first.First, last.Last);
        }
    }

    /// <summary>
    /// How the month compares with the one before it; while it runs, up to the same day. The arrow's icon, the figure and the words
    /// before the name of what it is compared with.
    /// </summary>
    public (string? Arrow, string Percent, string Words) Change => (Analytics.MonthTotal.Minor, Analytics.ChangeTo(Compared)) switch
    {
        (0, _) => (null, "", IsCurrentMonth ? "Nothing yet this month. " : "Nothing this month. "),
        (_, null) => (null, "", "Nothing to compare with in "),
        (_, > 0.05m and var more) => ("arrow-up", Formats.Percent(more), " more than "),
        (_, < -0.05m and var less) => ("arrow-down", Formats.Percent(less), " less than "),
        _ => (null, "", Analytics.MonthTotal == Compared ? "Just as much as " : "About as much as "),
    };

    /// <summary>What the month is compared with: the month before, up to the same day while this one runs.</summary>
    public Money Compared => IsCurrentMonth ? Analytics.LastMonthSoFar : Analytics.LastMonthTotal;

    /// <summary>The name of that, and what asks the list for its rows.</summary>
    public (string Name, string Query) ComparedWith
    {
        get
        {
            var (before, day) = (Analytics.Month.AddMonths(-1), Analytics.SameDayOfLastMonth);
            return IsCurrentMonth && day != before.Last
                ? ($"{Formats.Date(before.First)} to {Formats.Date(day)}", ExpenseQuery.Of(before.First, day))
                : (Formats.MonthName(before), ExpenseQuery.Of(before));
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
        Analytics = await database.AnalyseInDetailAsync(user.Id, month, user.Today, cancellationToken);
        Done = await database.FindDoneAsync(user, Request, cancellationToken);
        return Page();
    }
}
