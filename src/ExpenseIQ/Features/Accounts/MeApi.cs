using System.Text.Json.Serialization;
using ExpenseIQ.Web;

namespace ExpenseIQ.Features.Accounts;

/// <summary>GET /api/me: who is signed in, and how that person writes amounts. It asks the database no more than every request does.</summary>
internal static class MeApi
{
    public static void MapMeApi(this IEndpointRouteBuilder app) =>
        app.MapMethods("/api/me", [HttpMethods.Get, HttpMethods.Head], Me).RequireAuthorization();

    private static IResult Me(HttpContext context, CurrentUser user)
    {
        context.Response.Headers.CacheControl = "private, no-store";
        return Results.Json(new MeJson(user.Username, user.Culture.Name, user.Formats.Currency, user.Today), MeJsonContext.Default.MeJson);
    }
}

/// <param name="Locale">A BCP 47 tag.</param>
/// <param name="Currency">Three letters of ISO 4217.</param>
/// <param name="Today">The person's calendar day.</param>
public sealed record MeJson(string Username, string Locale, string Currency, DateOnly Today);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(MeJson))]
internal sealed partial class MeJsonContext : JsonSerializerContext;
