using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;

namespace ExpenseIQ.Features.Errors;

/// <summary>Any error, in the site's own look; other requests are sent through here when they fail.</summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class ErrorModel : PageModel
{
    public int Status { get; private set; }

    public string Heading { get; private set; } = "";

    public string Explanation { get; private set; } = "";

    public bool IsSignedIn => User.Identity is { IsAuthenticated: true };

    public override void OnPageHandlerExecuting(Microsoft.AspNetCore.Mvc.Filters.PageHandlerExecutingContext context)
    {
        // Somebody who asks for /error itself finds no such page.
        if (Response.StatusCode < StatusCodes.Status400BadRequest) Response.StatusCode = StatusCodes.Status404NotFound;
        Status = Response.StatusCode;
        (Heading, Explanation) = Status switch
        {
            400 => ("This request can't be read", "Something in it is not as this page sends it. Go back, reload the page and try again."),
            403 => ("This is not for you", "Your account may not see this page."),
            404 => ("There is nothing here", "The address is wrong, or what was here has been deleted."),
            405 => ("This page can't do that", "It was asked for in a way that it does not answer to."),
            413 => ("This is too large", "What was sent is larger than this page takes."),
            500 => ("Something went wrong here", "The error is ours and has been recorded. What you had saved is safe; try again in a moment."),
            503 => ("Not available just now", "Try again in a moment."),
            _ => (ReasonPhrases.GetReasonPhrase(Status) is { Length: > 0 } phrase ? phrase : Status.ToString(CultureInfo.InvariantCulture), "The request could not be answered."),
        };
    }
}
