using System.Threading.RateLimiting;

namespace ExpenseIQ.Web;

/// <summary>
/// A line for each request of somebody signed in that was refused: a form without its token, something that is not the account's, too many
/// tries. Of strangers the security events tell what matters, and what else they are refused would bury it. A mistyped field or filter is no attack.
/// </summary>
internal sealed partial class RefusalLog(ILogger<RefusalLog> logger) : IDisposable
{
    /// <summary>Lines a minute: whoever is refused on purpose does not fill the disk.</summary>
    private const int Most = 60;

    private readonly TokenBucketRateLimiter lines = new(new TokenBucketRateLimiterOptions
    {
        TokenLimit = Most,
        TokensPerPeriod = Most,
        ReplenishmentPeriod = TimeSpan.FromMinutes(1),
        AutoReplenishment = false,
    });

    public void Dispose() => lines.Dispose();

    public void Write(HttpContext context, string method, string? route)
    {
        var status = context.Response.StatusCode;
        var isMistyped = status == StatusCodes.Status422UnprocessableEntity || (status == StatusCodes.Status400BadRequest && HttpMethods.IsGet(method));
        if (isMistyped || route is null || context.Features.Get<CurrentUser>() is not { } user) return;
        lines.TryReplenish();
        using var place = lines.AttemptAcquire();
        if (place.IsAcquired) Refused(method, route, status, user.Id);
    }

    [LoggerMessage(LogLevel.Warning, "{Method} {Route} was refused ({Status}) to account {Account}.")]
    private partial void Refused(string method, string route, int status, long account);
}
