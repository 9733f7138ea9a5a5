using System.Globalization;
using ExpenseIQ.Database;
using ExpenseIQ.Web;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.WebUtilities;

namespace ExpenseIQ.Features.Errors;

/// <summary>
/// Any error, in the site's own look; other requests are sent through here when they fail. It asks nothing of the database, which may
/// be what failed. A form whose sending failed on our side is shown with all that was typed, to be sent again.
/// </summary>
[DisableRateLimiting] // the answer to whoever is one too many
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class ErrorModel : PageModel
{
    public int Status { get; private set; }

    public string Heading { get; private set; } = "";

    public string Explanation { get; private set; } = "";

    public bool IsSignedIn => User.Identity is { IsAuthenticated: true };

    /// <summary>Whether it is over after a while: the page then goes on by itself, where it holds no form.</summary>
    public bool Passes => Status == StatusCodes.Status503ServiceUnavailable;

    /// <summary>What was sent and not saved.</summary>
    public SentForm? Sent { get; private set; }

    /// <summary>The address that was asked for.</summary>
    public string Address { get; private set; } = "";

    private DatabaseUnavailableException? Trouble => HttpContext.Features.Get<IExceptionHandlerFeature>()?.Error as DatabaseUnavailableException;

    public override async Task OnPageHandlerExecutionAsync(
        Microsoft.AspNetCore.Mvc.Filters.PageHandlerExecutingContext context, Microsoft.AspNetCore.Mvc.Filters.PageHandlerExecutionDelegate next)
    {
        // Somebody who asks for /error itself finds no such page.
        if (Response.StatusCode < StatusCodes.Status400BadRequest) Response.StatusCode = StatusCodes.Status404NotFound;
        Status = Response.StatusCode;
        Address = AddressAskedFor();
        if (Status >= StatusCodes.Status500InternalServerError) Sent = await SentForm.ReadAsync(Request, Address);
        (Heading, Explanation) = Status switch
        {
            400 => ("This request can't be read", "Something in it is not as this page sends it. Go back, reload the page and try again."),
            403 => ("This is not for you", "Your account may not see this page."),
            404 => ("There is nothing here", "The address is wrong, or what was here has been deleted."),
            405 => ("This page can't do that", "It was asked for in a way that it does not answer to."),
            413 => ("This is too large", "What was sent is larger than this page takes."),
            500 => ("Something went wrong here", "The error is ours and has been recorded. What you had saved is safe; try again in a moment."),
            503 => OfTrouble(),
            _ => (ReasonPhrases.GetReasonPhrase(Status) is { Length: > 0 } phrase ? phrase : Status.ToString(CultureInfo.InvariantCulture), "The request could not be answered."),
        };
        if (Passes) ErrorPages.RetryLater(Response);
        // Whatever the verb: the framework would answer OPTIONS with 200.
        context.Result = Page();
    }

    private (string Heading, string Explanation) OfTrouble() => Trouble?.Trouble switch
    {
        DatabaseTrouble.Away => ("The database is away", "ExpenseIQ’s database does not answer just now. What you had saved is safe."),
        DatabaseTrouble.Full => ("The disk is full", "Nothing more can be saved until there is room on the server’s disk. What you had saved is safe."),
        DatabaseTrouble.Unusable => ("The data can’t be reached", "The server can’t read or write the files with the data; its log says why."),
        _ => ("Too much at once", "More was asked of this server than it can answer just now."),
    };

    /// <summary>What became of a form that was sent.</summary>
    public string Outcome => (Trouble, Sent?.HasSecrets) switch
    {
        ({ MayHaveLanded: true }, false) => "It is not known whether what you sent was saved: the answer was lost. Send it again; it is saved once.",
        ({ MayHaveLanded: true }, _) => "It is not known whether what you sent was carried out: the answer was lost. Try again.",
        (_, false) => "What you sent was not saved. It is below as you typed it: send it again in a moment.",
        _ => "What you sent was not carried out. Passwords are not kept: please fill in the form again.",
    };

    private string AddressAskedFor()
    {
        var failed = HttpContext.Features.Get<IExceptionHandlerPathFeature>()?.Path;
        var again = HttpContext.Features.Get<IStatusCodeReExecuteFeature>();
        return Request.PathBase + (failed ?? again?.OriginalPath ?? "/") + (failed is null ? again?.OriginalQueryString : Request.QueryString.Value);
    }
}
