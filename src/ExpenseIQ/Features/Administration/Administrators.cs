using ExpenseIQ.Database;
using ExpenseIQ.Domain;
using ExpenseIQ.Features.Accounts;
using ExpenseIQ.Web;
using Microsoft.AspNetCore.Authorization;

namespace ExpenseIQ.Features.Administration;

/// <summary>What an administrator does to an account; the name in lower case is in the address.</summary>
internal enum Act
{
    Promote,
    Demote,
    Disable,
    Enable,
}

/// <summary>What came of it.</summary>
internal enum ActResult
{
    /// <summary>It is so now, or was so before.</summary>
    Done,

    /// <summary>There is no such account, or its owner deleted it.</summary>
    NotThere,

    /// <summary>Whoever asks is no administrator any more.</summary>
    NotAllowed,

    /// <summary>Nobody would be left who can do these things.</summary>
    LastAdministrator,

    /// <summary>Nobody disables the own account.</summary>
    Oneself,
}

/// <summary>
/// Changes who is an administrator and who may sign in. All of it is decided under a lock of one row of the site, so that of two
/// administrators who demote each other at the same moment one stays.
/// </summary>
internal sealed class Administrators(ExpenseDatabase database, Sessions sessions, SecurityLog log, TimeProvider time)
{
    /// <summary>The authorization policy of the pages.</summary>
    public const string Policy = "administrators";

    private const string MayAct = "is_admin = true and disabled_at is null and leaving_at is null";

    /// <summary>Whether a request comes from one: its account was read for just this request.</summary>
    public static bool IsOne(AuthorizationHandlerContext context) =>
        context.Resource is HttpContext http && http.Features.Get<CurrentUser>() is { IsAdmin: true };

    public Task<ActResult> ActAsync(long actorId, long userId, Act act, Visitor visitor) => database.WriteAsync(
        async write =>
        {
            await database.ExecuteAsync($"update site set id = 1 where id = 1", CancellationToken.None);
            if (!await IsThereAsync($"select id from users where id = {actorId} and {Sql.Raw(MayAct)}")) return write.Abandon(ActResult.NotAllowed);
            var person = await database.FindAsync(
                $"select is_admin, disabled_at is not null from users where id = {userId} and leaving_at is null",
                row => new Standing(row.GetBoolean(0), row.GetBoolean(1)),
                CancellationToken.None);
            if (person is null) return write.Abandon(ActResult.NotThere);
            if (act == Act.Disable && userId == actorId) return write.Abandon(ActResult.Oneself);
            if (IsSo(person, act)) return write.Abandon(ActResult.Done);
            var takesAway = act is Act.Demote or Act.Disable;
            if (takesAway && person.IsAdmin && !await IsThereAsync($"select id from users where id <> {userId} and {Sql.Raw(MayAct)} {Sql.Limit(1)}"))
                return write.Abandon(ActResult.LastAdministrator);
            await CarryOutAsync(userId, act);
            await database.ExecuteAsync(log.Row(userId, EventOf(act), visitor, actorId: actorId), CancellationToken.None);
            return ActResult.Done;
        },
        CancellationToken.None);

    private async Task CarryOutAsync(long userId, Act act)
    {
        // What pages show depends on the role: what is kept of them counts no more.
        await database.ExecuteAsync(Bookkeeping.OpenLedger(userId), CancellationToken.None);
        await database.ExecuteAsync(
            act switch
            {
                Act.Promote => $"update users set is_admin = true where id = {userId}",
                Act.Demote => $"update users set is_admin = false where id = {userId}",
                Act.Disable => $"update users set disabled_at = {time.UtcNow()} where id = {userId}",
                _ => $"update users set disabled_at = null where id = {userId}",
            },
            CancellationToken.None);
        if (act != Act.Disable) return;
        await sessions.EndOthersAsync(userId, except: null);
        await database.ExecuteAsync($"delete from one_time_tokens where user_id = {userId}", CancellationToken.None);
    }

    private async Task<bool> IsThereAsync(Sql sql) => await database.FindAsync(sql, row => row.GetInt64(0), CancellationToken.None) > 0;

    private static bool IsSo(Standing person, Act act) => act switch
    {
        Act.Promote => person.IsAdmin,
        Act.Demote => !person.IsAdmin,
        Act.Disable => person.IsDisabled,
        _ => !person.IsDisabled,
    };

    private static SecurityEvent EventOf(Act act) => act switch
    {
        Act.Promote => SecurityEvent.MadeAdministrator,
        Act.Demote => SecurityEvent.MadeUser,
        Act.Disable => SecurityEvent.Disabled,
        _ => SecurityEvent.Enabled,
    };

    private sealed record Standing(bool IsAdmin, bool IsDisabled);
}
