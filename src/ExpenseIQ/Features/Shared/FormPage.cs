using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExpenseIQ.Features.Shared;

/// <summary>A page with a form that loses nothing of what was typed into it.</summary>
public abstract class FormPage : PageModel
{
    public FormErrors Errors { get; } = new();

    /// <summary>Reads what was typed and what the page shows beside it; called where the form is shown again without its handler.</summary>
    public abstract Task ReadFormAsync(CancellationToken cancellationToken);

    /// <summary>The form again, with its messages.</summary>
    protected IActionResult Again(int statusCode = StatusCodes.Status422UnprocessableEntity)
    {
        Response.StatusCode = statusCode;
        return Page();
    }

    /// <summary>The form again, for whoever must wait before sending it once more.</summary>
    protected IActionResult TooSoon(TimeSpan wait)
    {
        Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return Again(StatusCodes.Status429TooManyRequests);
    }
}
