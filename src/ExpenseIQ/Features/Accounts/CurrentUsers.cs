using System.Globalization;
using System.Security.Claims;
using ExpenseIQ.Database;
using ExpenseIQ.Domain;
using ExpenseIQ.Web;
using LinqToDB;
using LinqToDB.Async;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace ExpenseIQ.Features.Accounts;

/// <summary>Answers who a cookie belongs to: the account and its ledger's version, by key.</summary>
internal static class CurrentUsers
{
    private static readonly Func<ExpenseDatabase, long, IQueryable<Row>> Find = CompiledQuery.Compile(
        (ExpenseDatabase database, long id) =>
            from user in database.Users
            where user.Id == id
            from ledger in database.GetTable<Database.Tables.Ledger>().InnerJoin(ledger => ledger.UserId == user.Id)
            select new Row
            {
                Id = user.Id,
                Username = user.Username,
                IsAdmin = user.IsAdmin,
                SecurityStamp = user.SecurityStamp,
                TimeZone = user.TimeZone,
                Locale = user.Locale,
                Currency = user.Currency,
                LedgerVersion = ledger.Version,
            });

    public static async Task<CurrentUser?> FindAsync(HttpContext context, ClaimsPrincipal principal)
    {
        var services = context.RequestServices;
        var claims = services.GetRequiredService<IOptions<IdentityOptions>>().Value.ClaimsIdentity;
        if (!long.TryParse(principal.FindFirstValue(claims.UserIdClaimType), CultureInfo.InvariantCulture, out var id)) return null;

        var rows = await Find(services.GetRequiredService<ExpenseDatabase>(), id).ToListAsync(context.RequestAborted);
        if (rows is not [var row] || row.SecurityStamp != principal.FindFirstValue(claims.SecurityStampClaimType)) return null;
        return new CurrentUser
        {
            Id = row.Id,
            Username = row.Username,
            IsAdmin = row.IsAdmin,
            Today = services.GetRequiredService<TimeProvider>().Today(Locales.TimeZone(row.TimeZone)),
            Formats = Formats.Of(row.Locale, row.Currency),
            LedgerVersion = row.LedgerVersion,
        };
    }

    private sealed record Row
    {
        public required long Id { get; init; }

        public required string Username { get; init; }

        public required bool IsAdmin { get; init; }

        public required string SecurityStamp { get; init; }

        public required string TimeZone { get; init; }

        public required string Locale { get; init; }

        public required string Currency { get; init; }

        public required long LedgerVersion { get; init; }
    }
}
