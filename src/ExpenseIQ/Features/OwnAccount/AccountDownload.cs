using ExpenseIQ.Domain;
using ExpenseIQ.Features.Accounts;
using ExpenseIQ.Web;

namespace ExpenseIQ.Features.OwnAccount;

/// <summary>GET /settings/account/download: everything about whoever is signed in, sent as it is read (docs/data-export.md).</summary>
internal static class AccountDownload
{
    public static void MapAccountDownload(this IEndpointRouteBuilder app) =>
        app.MapMethods("/settings/account/download", [HttpMethods.Get, HttpMethods.Head], DownloadAsync)
            .RequireAuthorization()
            .DisableRequestTimeout(); // a long history over a slow line takes as long as it takes

    private static async Task<IResult> DownloadAsync(
        HttpContext context, AccountDocument document, SecurityLog log, CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
    {
        context.Response.Headers.CacheControl = "private, no-store";
        // A file opens no page: whoever was asked comes back to the page with the button.
        var site = context.Request.PathBase;
        if (ConfirmedOnlyAttribute.AskFirst(context) is not null) return Results.Redirect(site + "/confirm" + QueryString.Create("next", site + "/settings/account?download=1"));
        if (HttpMethods.IsGet(context.Request.Method)) await log.RecordAsync(user.Id, SecurityEvent.AccountDownloaded, Visitor.Of(context));
        return Results.Stream(
            body => document.WriteAsync(body, user.Id, time.UtcNow(), cancellationToken),
            "application/json; charset=utf-8",
            $"expenseiq-{user.Username}-{Dates.ToInput(user.Today)}.json");
    }
}
