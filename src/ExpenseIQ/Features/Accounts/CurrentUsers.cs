using System.Data.Common;
using System.Globalization;
using System.Security.Claims;
using ExpenseIQ.Database;
using ExpenseIQ.Domain;
using ExpenseIQ.Web;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace ExpenseIQ.Features.Accounts;

/// <summary>Answers who a cookie belongs to: the account and its ledger, by key.</summary>
internal static class CurrentUsers
{
    public static async Task<CurrentUser?> FindAsync(HttpContext context, ClaimsPrincipal principal)
    {
        var services = context.RequestServices;
        var claims = services.GetRequiredService<IOptions<IdentityOptions>>().Value.ClaimsIdentity;
        if (!long.TryParse(principal.FindFirstValue(claims.UserIdClaimType), CultureInfo.InvariantCulture, out var id)) return null;

        var stamp = principal.FindFirstValue(claims.SecurityStampClaimType);
        var time = services.GetRequiredService<TimeProvider>();
        return await services.GetRequiredService<ExpenseDatabase>().FindAsync(
            $"""
            select u.username, u.is_admin, u.security_stamp, u.time_zone, u.locale, u.currency, u.theme, u.date_format, u.first_weekday,
              l.version, l.expense_count, l.total_minor, l.samples_at
            from users u join ledgers l on l.user_id = u.id where u.id = {id}
            """,
            row => row.GetString(2) == stamp ? Read(row, id, time) : null,
            context.RequestAborted);
    }

    private static CurrentUser Read(DbDataReader row, long id, TimeProvider time) => new()
    {
        Id = id,
        Username = row.GetString(0),
        IsAdmin = row.GetBoolean(1),
        Today = time.Today(Locales.TimeZone(row.GetString(3))),
        Theme = row.GetString(6),
        Formats = Formats.Of(row.GetString(4), row.GetString(5), row.GetString(7), row.IsDBNull(8) ? null : (DayOfWeek)row.GetInt32(8)),
        LedgerVersion = row.GetInt64(9),
        ExpenseCount = row.GetInt64(10),
        Total = new Money(row.GetInt64(11)),
        HasSamples = !row.IsDBNull(12),
    };
}
