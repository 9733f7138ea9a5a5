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

    public string CookieName { get; } = SecureCookies.Name(settings, "expenseiq-device");

    /// <summary>Whether the account was signed in from this browser before.</summary>
    /// <param name="userId">0, which nobody has, takes as long.</param>
    public async Task<Device?> FindAsync(HttpContext context, long userId, CancellationToken cancellationToken)
    {
        if (context.Request.Cookies[CookieName] is not { Length: SecretTokens.Length } token) return null;
        var (hash, now) = (secrets.HashOf(token), time.UtcNow());
        return await database.FindAsync(
            $"select code_until from devices where user_id = {userId} and token_hash = {hash} and used_at > {now - KnownFor}",
            row => new Device(Convert.ToHexStringLower(hash), NeedsNoCode: !row.IsDBNull(0) && row.GetDateTime(0) > now),
            cancellationToken);
    }

    /// <summary>Somebody signed in to the account here.</summary>
    /// <param name="leaveOutCode">Whether to ask for no code here for <see cref="CodeLeftOutFor"/>; what was so before stays.</param>
    public async Task RememberAsync(HttpContext context, long userId, bool leaveOutCode)
    {
        var token = context.Request.Cookies[CookieName] is { Length: SecretTokens.Length } present ? present : SecretTokens.Create();
        var (hash, now, agent) = (secrets.HashOf(token), time.UtcNow(), Visitor.Of(context).UserAgent);
        try
        {
            await database.WriteAsync(
                async _ =>
                {
                    var isKnown = await database.ExecuteAsync(
                        $"update devices set used_at = {now}, user_agent = {agent} where user_id = {userId} and token_hash = {hash}", CancellationToken.None) > 0;
                    if (!isKnown)
                    {
                        await database.ExecuteAsync(
                            $"insert into devices (user_id, token_hash, created_at, used_at, user_agent) values ({userId}, {hash}, {now}, {now}, {agent})", CancellationToken.None);
                    }
                    if (leaveOutCode)
                        await database.ExecuteAsync($"update devices set code_until = {now + CodeLeftOutFor} where user_id = {userId} and token_hash = {hash}", CancellationToken.None);
                    return true;
                },
                CancellationToken.None);
        }
        catch (Exception exception) when (database.IsDuplicate(exception))
        {
            // The same form sent twice at once: the other one did it.
        }
        context.Response.Cookies.Append(CookieName, token, new CookieOptions { Expires = now + KnownFor, IsEssential = true });
    }
}

/// <param name="Hash">What names it.</param>
/// <param name="NeedsNoCode">Whether its owner said not to ask for codes there, and that still counts.</param>
internal sealed record Device(string Hash, bool NeedsNoCode);
