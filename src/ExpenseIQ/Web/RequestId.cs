using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http.Features;

namespace ExpenseIQ.Web;

/// <summary>
/// What a failed request is found by: the id of its trace, the same on the error page, in each line of the log and in the
/// telemetry. Where there is no trace, the server's own id of the request.
/// </summary>
public static class RequestId
{
    public const string Header = "X-Request-Id";

    /// <summary>The id of this request.</summary>
    public static string Of(HttpContext context) =>
        context.Features.Get<IHttpActivityFeature>()?.Activity.TraceId.ToHexString() ?? context.TraceIdentifier;

    /// <summary>What a problem says beside its status: the id where the fault is ours, else nothing.</summary>
    public static Dictionary<string, object?>? OfFailure(HttpContext context) =>
        context.Response.StatusCode >= StatusCodes.Status500InternalServerError
            ? new Dictionary<string, object?> { ["requestId"] = Of(context) }
            : null;

    /// <summary>The id of the request that the scopes of a line of the log belong to; null: no request's.</summary>
    internal static string? Of(IExternalScopeProvider? scopes)
    {
        var found = new StrongBox<string?>();
        scopes?.ForEachScope(
            static (scope, found) =>
            {
                // The server opens a scope for each request, with its own id of it.
                if (scope is not IEnumerable<KeyValuePair<string, object?>> values) return;
                foreach (var (name, value) in values)
                    if (name == "RequestId") found.Value = value as string;
            },
            found);
        return found.Value is null ? null : Activity.Current?.TraceId.ToHexString() ?? found.Value;
    }
}
