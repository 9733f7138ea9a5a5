using System.Data.Common;
using System.Globalization;
using ExpenseIQ.Database;
using ExpenseIQ.Domain;
using ExpenseIQ.Web;

namespace ExpenseIQ.Features.Accounts;

/// <summary>A session as its owner sees it.</summary>
/// <param name="Key">What names it in a form: its token's hash.</param>
internal sealed record SessionRow(
    string Key, DateTime CreatedAt, DateTime UsedAt, DateTime ExpiresAt, bool IsRemembered, SignInMethod Method, string Address, string UserAgent);

/// <summary>
/// Who is signed in: rows that the cookie's random token leads to. A session ends with its row, wherever its cookie is: by its limits, by
/// its owner, by a new password, with the account.
/// </summary>
internal sealed class Sessions(ExpenseDatabase database, SecretTokens secrets, SecurityLog log, Settings settings, TimeProvider time)
{
    /// <summary>How long a session lasts without a request, where it is not remembered.</summary>
    public static readonly TimeSpan IdleLimit = TimeSpan.FromMinutes(30);

    /// <summary>How long it lasts at most, then.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    /// <summary>How long a remembered one lasts without a request.</summary>
    public static readonly TimeSpan RememberedIdleLimit = TimeSpan.FromDays(30);

    /// <summary>How long a remembered one lasts at most.</summary>
    public static readonly TimeSpan LongestRemembered = TimeSpan.FromDays(90);

    /// <summary>How long somebody may do dangerous things after proving who they are.</summary>
    public static readonly TimeSpan ConfirmedFor = TimeSpan.FromMinutes(10);

    /// <summary>What the idle limit is exact to: a session's last use is written no more often.</summary>
    private static readonly TimeSpan Exactness = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan SeenExactness = TimeSpan.FromHours(1);

    public string CookieName { get; } = SecureCookies.Name(settings, "expenseiq");

    /// <summary>Whom the request's cookie belongs to: session, account and ledger by key, in one question.</summary>
    public async Task<CurrentUser?> FindAsync(HttpContext context)
    {
        if (Read(context.Request.Cookies[CookieName]) is not var (userId, hash)) return null;
        var now = time.UtcNow();
        var found = await database.FindAsync(
            $"""
            select s.used_at, s.expires_at, s.confirmed_at, s.is_remembered,
              u.username, u.is_admin, u.time_zone, u.locale, u.currency, u.theme, u.date_format, u.first_weekday,
              l.version, l.expense_count, l.total_minor, l.samples_at, s.method
            from sessions s join users u on u.id = s.user_id join ledgers l on l.user_id = s.user_id
            where s.user_id = {userId} and s.token_hash = {hash} and u.disabled_at is null and u.leaving_at is null
            """,
            row => (UsedAt: row.GetDateTime(0), EndsAt: EndOf(row.GetDateTime(0), row.GetDateTime(1), row.GetBoolean(3)), User: Read(row, userId, hash)),
            context.RequestAborted);
        if (found.User is null || found.EndsAt <= now) return null;
        if (now - found.UsedAt >= Exactness) await TouchAsync(userId, hash, Visitor.Of(context), now);
        return found.User;
    }

    /// <summary>Signs somebody in on this browser: a new session, whatever the browser had before.</summary>
    /// <param name="provedBy">The hash that the password was checked against: where another took its place meanwhile, it proved nothing.</param>
    /// <param name="isNewDevice">Whether the account was never signed in from this browser, which its owner is told.</param>
    /// <returns>False: the account is gone or shut.</returns>
    public async Task<bool> StartAsync(
        HttpContext context, long userId, SignInMethod method, bool remember, string? provedBy = null, bool isNewDevice = false, SecurityEvent happened = SecurityEvent.SignedIn)
    {
        var (token, visitor, now) = (SecretTokens.Create(), Visitor.Of(context), time.UtcNow());
        var expiresAt = now + (remember ? LongestRemembered : Longest);
        var before = Read(context.Request.Cookies[CookieName]);
        var hash = secrets.HashOf(token);
        // A code that was left out is asked for before something dangerous.
        var confirmedAt = method == SignInMethod.PasswordOnKnownDevice ? now.AddDays(-1) : now;
        // Nor is the password enough where codes were turned on while it was checked.
        var needsNoCode = Sql.Raw(method == SignInMethod.Password && happened == SecurityEvent.SignedIn ? "and totp_key is null" : "");
        Sql proof = provedBy is null ? Sql.Empty : $"and password = {provedBy} {needsNoCode}";
        var isOpen = await database.WriteAsync(
            async write =>
            {
                // The account's row first: whoever shuts it, or changes its password, waits for this, or this for them.
                var isOpen = await database.ExecuteAsync(
                    $"update users set seen_at = {now} where id = {userId} and disabled_at is null and leaving_at is null {proof}", CancellationToken.None) > 0;
                if (!isOpen)
                    return write.Abandon(false);
                if (before is var (ownerBefore, hashBefore))
                    await database.ExecuteAsync($"delete from sessions where user_id = {ownerBefore} and token_hash = {hashBefore}", CancellationToken.None);
                await database.ExecuteAsync($"delete from sessions where user_id = {userId} and token_hash = {hash}", CancellationToken.None); // by a first attempt
                await database.ExecuteAsync(
                    $"""
                    insert into sessions (user_id, token_hash, created_at, used_at, expires_at, confirmed_at, is_remembered, method, address, user_agent)
                    values ({userId}, {hash}, {now}, {now}, {expiresAt}, {confirmedAt}, {remember}, {(int)method}, {visitor.Address}, {visitor.UserAgent})
                    """,
                    CancellationToken.None);
                await database.ExecuteAsync(log.Row(userId, happened, visitor, method.ToString(), tell: isNewDevice), CancellationToken.None);
                return true;
            },
            CancellationToken.None);
        if (isOpen) Send(context, userId, token, remember ? expiresAt : null);
        return isOpen;
    }

    /// <summary>Whoever is signed in proved once more who they are: the session goes on under a new token.</summary>
    public async Task ConfirmAsync(HttpContext context, CurrentUser user)
    {
        var (token, now) = (SecretTokens.Create(), time.UtcNow());
        var hash = secrets.HashOf(token);
        await database.WriteAsync(
            _ => database.ExecuteAsync($"update sessions set token_hash = {hash}, confirmed_at = {now} where user_id = {user.Id} and token_hash = {Convert.FromHexString(user.SessionKey)}", CancellationToken.None),
            CancellationToken.None);
        var expiresAt = await database.FindAsync(
            $"select expires_at from sessions where user_id = {user.Id} and token_hash = {hash} and is_remembered = true", row => (DateTime?)row.GetDateTime(0), CancellationToken.None);
        Send(context, user.Id, token, expiresAt);
    }

    /// <summary>Whoever sits there has shown a second factor, within a transaction.</summary>
    public Task RaiseAsync(CurrentUser user, SignInMethod method) => database.ExecuteAsync(
        $"update sessions set method = {(int)method} where user_id = {user.Id} and token_hash = {Convert.FromHexString(user.SessionKey)}", CancellationToken.None);

    /// <summary>Where an account has no second factor any more, its sessions have none either; within a transaction.</summary>
    public Task LowerAsync(long userId) => database.ExecuteAsync(
        $"""
        update sessions set method = {(int)SignInMethod.Password} where user_id = {userId}
          and not exists (select 1 from passkeys p where p.user_id = {userId})
          and exists (select 1 from users u where u.id = {userId} and u.totp_key is null)
        """,
        CancellationToken.None);

    /// <summary>Signs out.</summary>
    public async Task EndAsync(HttpContext context)
    {
        if (Read(context.Request.Cookies[CookieName]) is var (userId, hash))
        {
            await database.WriteAsync(
                async _ =>
                {
                    if (await database.ExecuteAsync($"delete from sessions where user_id = {userId} and token_hash = {hash}", CancellationToken.None) > 0)
                        await database.ExecuteAsync(log.Row(userId, SecurityEvent.SignedOut, Visitor.Of(context)), CancellationToken.None);
                    return true;
                },
                CancellationToken.None);
        }
        context.Response.Cookies.Delete(CookieName);
        // Pages that the browser kept for this person are nobody's business any more. It would forget those of all sites on this host.
        if (!context.Request.PathBase.HasValue) context.Response.Headers["Clear-Site-Data"] = "\"cache\"";
    }

    /// <summary>The account's sessions that still count, the one that was used last first.</summary>
    public async Task<List<SessionRow>> ListAsync(long userId, CancellationToken cancellationToken)
    {
        var rows = await database.ListAsync(
            $"""
            select token_hash, created_at, used_at, expires_at, is_remembered, method, address, user_agent
            from sessions where user_id = {userId} order by used_at desc
            """,
            row => new SessionRow(
                KeyOf(row.GetFieldValue<byte[]>(0)),
                row.GetDateTime(1),
                row.GetDateTime(2),
                EndOf(row.GetDateTime(2), row.GetDateTime(3), row.GetBoolean(4)),
                row.GetBoolean(4),
                (SignInMethod)row.GetInt32(5),
                row.GetString(6),
                row.GetString(7)),
            cancellationToken);
        var now = time.UtcNow();
        return [.. rows.Where(row => row.ExpiresAt > now)];
    }

    private static string KeyOf(byte[] hash) => Convert.ToHexStringLower(hash);

    /// <summary>Ends one session of the account.</summary>
    /// <param name="key">What a row has as its key; anything else ends none.</param>
    public async Task<bool> EndOneAsync(long userId, string key, Visitor visitor)
    {
        if (key.Length != 64 || !key.All(char.IsAsciiHexDigit)) return false;
        var hash = Convert.FromHexString(key);
        return await database.WriteAsync(
            async _ =>
            {
                if (await database.ExecuteAsync($"delete from sessions where user_id = {userId} and token_hash = {hash}", CancellationToken.None) == 0) return false;
                // Whichever browser that was: if it is lost, it is to be asked for a code again.
                await database.ExecuteAsync($"update devices set code_until = null where user_id = {userId}", CancellationToken.None);
                await database.ExecuteAsync(log.Row(userId, SecurityEvent.SessionEnded, visitor), CancellationToken.None);
                return true;
            },
            CancellationToken.None);
    }

    /// <summary>
    /// Ends all sessions of the account but one, and forgets the browsers that it was signed in from, within a transaction: whoever signed in
    /// from many of them could guess at each. The one that goes on is remembered anew (<see cref="Devices.RememberAsync"/>).
    /// </summary>
    /// <param name="except">The key of the one that goes on; null: none does.</param>
    public async Task EndOthersAsync(long userId, string? except)
    {
        Sql others = except is null ? Sql.Empty : $"and token_hash <> {Convert.FromHexString(except)}";
        await database.ExecuteAsync($"delete from sessions where user_id = {userId} {others}", CancellationToken.None);
        await database.ExecuteAsync($"delete from devices where user_id = {userId}", CancellationToken.None);
    }

    private static DateTime EndOf(DateTime usedAt, DateTime expiresAt, bool isRemembered)
    {
        var idleAt = usedAt + (isRemembered ? RememberedIdleLimit : IdleLimit);
        return idleAt < expiresAt ? idleAt : expiresAt;
    }

    /// <summary>Writes when and where the session was last used. Where that can't be written, reading goes on.</summary>
    private async Task TouchAsync(long userId, byte[] hash, Visitor visitor, DateTime now)
    {
        try
        {
            await database.WriteAsync(
                async _ =>
                {
                    await database.ExecuteAsync(
                        $"""
                        update sessions set used_at = {now}, address = {visitor.Address}, user_agent = {visitor.UserAgent}
                        where user_id = {userId} and token_hash = {hash} and used_at <= {now - Exactness}
                        """,
                        CancellationToken.None);
                    return await database.ExecuteAsync(
                        $"update users set seen_at = {now} where id = {userId} and (seen_at is null or seen_at < {now - SeenExactness})", CancellationToken.None);
                },
                CancellationToken.None);
        }
        catch (Exception exception) when (exception is DbException or DatabaseUnavailableException)
        {
            // A full disk, a failover: the next request tries again.
        }
    }

    private void Send(HttpContext context, long userId, string token, DateTime? expiresAt) =>
        context.Response.Cookies.Append(CookieName, string.Create(CultureInfo.InvariantCulture, $"{userId}.{token}"), new CookieOptions
        {
            Expires = expiresAt is { } end ? new DateTimeOffset(DateTime.SpecifyKind(end, DateTimeKind.Utc)) : null,
            IsEssential = true,
        });

    private (long UserId, byte[] Hash)? Read(string? cookie)
    {
        if (cookie is null || cookie.IndexOf('.', StringComparison.Ordinal) is not (> 0 and var dot)) return null;
        return long.TryParse(cookie.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out var userId)
            ? (userId, secrets.HashOf(cookie[(dot + 1)..]))
            : null;
    }

    private CurrentUser Read(DbDataReader row, long id, byte[] hash) => new()
    {
        Id = id,
        SessionKey = KeyOf(hash),
        ConfirmedAt = row.GetDateTime(2),
        Username = row.GetString(4),
        IsAdmin = row.GetBoolean(5),
        TimeZone = Locales.TimeZone(row.GetString(6)),
        Today = time.Today(Locales.TimeZone(row.GetString(6))),
        Theme = row.GetString(9),
        Formats = Formats.Of(row.GetString(7), row.GetString(8), row.GetString(10), row.IsDBNull(11) ? null : (DayOfWeek)row.GetInt32(11)),
        LedgerVersion = row.GetInt64(12),
        ExpenseCount = row.GetInt64(13),
        Total = new Money(row.GetInt64(14)),
        HasSamples = !row.IsDBNull(15),
        HasTwoFactors = (SignInMethod)row.GetInt32(16) != SignInMethod.Password,
    };
}
