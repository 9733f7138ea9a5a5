using System.Globalization;
using ExpenseIQ.Database;
using ExpenseIQ.Domain;
using ExpenseIQ.Web;

namespace ExpenseIQ.Features.Accounts;

/// <summary>
/// Browsers that an account was signed in from, by a cookie that stays there. Wrong guesses from them are counted apart, so that nobody
/// elsewhere can make their owner wait; and one that its owner said to remember is asked for no code for a while.
/// </summary>
internal sealed class Devices(ExpenseDatabase database, SecretTokens secrets, Settings settings, TimeProvider time)
{
    /// <summary>How long a browser is remembered, by its owner's wish, as one that needs no code.</summary>
    public static readonly TimeSpan CodeLeftOutFor = TimeSpan.FromDays(30);

    /// <summary>How long a browser is known after the last sign-in.</summary>
    public static readonly TimeSpan KnownFor = TimeSpan.FromDays(365);

    /// <summary>Whether the account was signed in from this browser before.</summary>
    /// <param name="userId">0, which nobody has, takes as long.</param>
    public async Task<Device?> FindAsync(HttpContext context, long userId, CancellationToken cancellationToken)
    {
        if (HashOf(context, userId) is not { } hash) return null;
        var now = time.UtcNow();
        return await database.FindAsync(
            $"select code_until from devices where user_id = {userId} and token_hash = {hash} and used_at > {now - KnownFor}",
            row => new Device(Convert.ToHexStringLower(hash), NeedsNoCode: !row.IsDBNull(0) && row.GetDateTime(0) > now),
            cancellationToken);
    }

    /// <summary>Somebody signed in to the account here: the browser gets a new token, so that none that was planted there or taken from there counts.</summary>
    /// <param name="leaveOutCode">Whether to ask for no code here for <see cref="CodeLeftOutFor"/>; what was so before stays.</param>
    public async Task RememberAsync(HttpContext context, long userId, bool leaveOutCode)
    {
        var (token, before, now, agent) = (SecretTokens.Create(), HashOf(context, userId), time.UtcNow(), Visitor.Of(context).UserAgent);
        var hash = secrets.HashOf(token);
        await database.WriteAsync(
            async _ =>
            {
                var codeUntil = leaveOutCode ? now + CodeLeftOutFor : (DateTime?)null;
                if (before is not null)
                {
                    codeUntil ??= await database.FindAsync(
                        $"select code_until from devices where user_id = {userId} and token_hash = {before} and code_until is not null", row => (DateTime?)row.GetDateTime(0), CancellationToken.None);
                    await database.ExecuteAsync($"delete from devices where user_id = {userId} and token_hash = {before}", CancellationToken.None);
                }
                await database.ExecuteAsync($"delete from devices where user_id = {userId} and token_hash = {hash}", CancellationToken.None); // by a first attempt
                return await database.ExecuteAsync(
                    $"""
                    insert into devices (user_id, token_hash, created_at, used_at, code_until, user_agent)
                    values ({userId}, {hash}, {now}, {now}, {Sql.OrNull(codeUntil)}, {agent})
                    """,
                    CancellationToken.None);
            },
            CancellationToken.None);
        context.Response.Cookies.Append(CookieOf(userId), token, new CookieOptions { Expires = now + KnownFor, IsEssential = true });
    }

    private byte[]? HashOf(HttpContext context, long userId) =>
        context.Request.Cookies[CookieOf(userId)] is { Length: SecretTokens.Length } token ? secrets.HashOf(token) : null;

    /// <summary>One an account: several may be signed in from one browser, one after the other.</summary>
    private string CookieOf(long userId) => SecureCookies.Name(settings, string.Create(CultureInfo.InvariantCulture, $"expenseiq-device-{userId}"));
}

/// <param name="Hash">What names it.</param>
/// <param name="NeedsNoCode">Whether its owner said not to ask for codes there, and that still counts.</param>
internal sealed record Device(string Hash, bool NeedsNoCode);
