using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using ExpenseIQ.Database;
using ExpenseIQ.Domain;
using ExpenseIQ.Features.Shared;
using ExpenseIQ.Web;

namespace ExpenseIQ.Features.Expenses;

/// <summary>GET /api/descriptions?q=lun: what the user wrote before that begins so, for the form that adds an expense.</summary>
internal static class DescriptionsApi
{
    public static void MapDescriptionsApi(this IEndpointRouteBuilder app) =>
        app.MapMethods("/api/descriptions", [HttpMethods.Get, HttpMethods.Head], SuggestAsync)
            .RequireAuthorization().WithMetadata(new KeptByVersionAttribute());

    private static async Task<IResult> SuggestAsync(
        HttpContext context, ExpenseDatabase database, CurrentUser user, CancellationToken cancellationToken)
    {
        var typed = context.Request.Query.Text("q");
        if (Problem(typed) is { } problem) return Results.Problem(problem, statusCode: StatusCodes.Status400BadRequest);

        var known = await database.SuggestDescriptionsAsync(user.Id, SearchText.Fold(typed).Trim(), cancellationToken);
        return Results.Json(
            [.. known.Select(each => new DescriptionJson(each.Description, each.CategoryId, each.Amount.Value))],
            DescriptionsJsonContext.Default.IReadOnlyListDescriptionJson);
    }

    /// <summary>What keeps a text from being the beginning of a description; null where nothing does.</summary>
    private static string? Problem(string typed)
    {
        if (typed.EnumerateRunes().Any(Rune.IsControl)) return "A description is one line of text, without control characters.";
        return typed.EnumerateRunes().Count() > ExpenseForm.LongestDescription
            ? $"A description has at most {ExpenseForm.LongestDescription} characters."
            : null;
    }
}

/// <param name="Description">As it was last written.</param>
/// <param name="CategoryId">The category that it mostly had of late.</param>
/// <param name="Amount">The last one, with two decimals.</param>
public sealed record DescriptionJson(string Description, long CategoryId, decimal Amount);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(IReadOnlyList<DescriptionJson>))]
internal sealed partial class DescriptionsJsonContext : JsonSerializerContext;
