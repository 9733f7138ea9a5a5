using ExpenseIQ.Web;

namespace ExpenseIQ.Features.Accounts;

/// <summary>What a script needs before it asks the browser for a passkey: GET /api/passkeys/question and /api/passkeys/question-for-new.</summary>
internal static class PasskeysApi
{
    public static void MapPasskeysApi(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/api/passkeys/question", [HttpMethods.Get, HttpMethods.Head], AskAsync).AllowAnonymous();
        app.MapMethods("/api/passkeys/question-for-new", [HttpMethods.Get, HttpMethods.Head], AskForNewAsync).RequireAuthorization();
    }

    private static async Task<IResult> AskAsync(HttpContext context, Passkeys passkeys) =>
        Write(context, await passkeys.AskAsync(context, context.Features.Get<CurrentUser>()?.Id));

    private static async Task<IResult> AskForNewAsync(HttpContext context, Passkeys passkeys, CurrentUser user) =>
        ConfirmedOnlyAttribute.AskFirst(context) is null
            ? Write(context, await passkeys.AskForNewAsync(context, user.Id, user.Username))
            : Results.StatusCode(StatusCodes.Status403Forbidden);

    private static IResult Write(HttpContext context, PasskeyQuestion question)
    {
        context.Response.Headers.CacheControl = "private, no-store";
        return Results.Text($$"""{"options":{{question.Options}},"state":"{{question.State}}"}""", "application/json");
    }
}
