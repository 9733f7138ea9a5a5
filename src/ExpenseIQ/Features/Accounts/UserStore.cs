using System.Data.Common;
using ExpenseIQ.Database;
using ExpenseIQ.Database.Tables;
using Microsoft.AspNetCore.Identity;

namespace ExpenseIQ.Features.Accounts;

/// <summary>
/// Where ASP.NET Core Identity finds its users. Names and addresses are compared by the columns' own collations, without
/// regard to case, so the normalised forms that Identity asks for are the plain ones.
/// </summary>
internal sealed partial class UserStore(ExpenseDatabase database, IdentityErrorDescriber errors, FirstUser firstUser, Settings settings)
    : IUserPasswordStore<User>, IUserEmailStore<User>, IUserSecurityStampStore<User>, IUserPasskeyStore<User>
{
    /// <summary>Adds the user with an empty ledger; who registers first becomes the administrator.</summary>
    public async Task<IdentityResult> CreateAsync(User user, CancellationToken cancellationToken)
    {
        try
        {
            await database.WriteAsync(
                async _ =>
                {
                    var id = await database.InsertAsync(
                        $"""
                        insert into users (username, email, password, security_stamp, is_admin, time_zone, locale, currency, created_at)
                        values ({user.Username}, {user.Email}, {user.Password}, {user.SecurityStamp}, {user.IsAdmin}, {user.TimeZone}, {user.Locale}, {user.Currency}, {user.CreatedAt})
                        """,
                        cancellationToken);
                    await database.ExecuteAsync($"insert into ledgers (user_id) values ({id})", cancellationToken);
                    if (firstUser.IsOpen && await ClaimSiteAsync(id, cancellationToken))
                        await database.ExecuteAsync($"update users set is_admin = true where id = {id}", cancellationToken);
                    return id;
                },
                cancellationToken);
            return IdentityResult.Success;
        }
        catch (Exception exception) when (database.IsDuplicate(exception))
        {
            var nameIsTaken = await FindByNameAsync(user.Username, cancellationToken) is not null;
            return IdentityResult.Failed(nameIsTaken ? errors.DuplicateUserName(user.Username) : errors.DuplicateEmail(user.Email));
        }
    }

    /// <summary>Whether nobody registered before; one row decides, however many register at once, and whoever leaves meanwhile.</summary>
    private async Task<bool> ClaimSiteAsync(long userId, CancellationToken cancellationToken)
    {
        await database.ExecuteAsync($"update site set first_user_id = coalesce(first_user_id, {userId}) where id = 1", cancellationToken);
        return await database.FindAsync($"select first_user_id from site where id = 1", row => row.GetInt64(0), cancellationToken) == userId;
    }

    /// <summary>
    /// Stores a hash of the same password at a higher cost, where the one that was read is still there: of somebody who signs in with the old
    /// password while a new one is chosen, the new one stays. All else is changed by statements of its own, each knowing what it changes.
    /// </summary>
    public async Task<IdentityResult> UpdateAsync(User user, CancellationToken cancellationToken)
    {
        var isStored = await database.WriteAsync(
            _ => database.ExecuteAsync(
                $"update users set password = {user.Password} where id = {user.Id} and password = {user.PasswordBefore}", cancellationToken),
            cancellationToken) == 1;
        return isStored ? IdentityResult.Success : IdentityResult.Failed(errors.ConcurrencyFailure());
    }

    public async Task<IdentityResult> DeleteAsync(User user, CancellationToken cancellationToken)
    {
        await database.WriteAsync(_ => database.ExecuteAsync($"delete from users where id = {user.Id}", cancellationToken), cancellationToken);
        return IdentityResult.Success;
    }

    public async Task<User?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        UserHandle.IdIn(userId) is { } id ? await FindAsync($"where id = {id}", cancellationToken) : null;

    public async Task<User?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        System.Text.Ascii.IsValid(normalizedUserName) ? await FindAsync($"where username = {normalizedUserName}", cancellationToken) : null;

    public async Task<User?> FindByEmailAsync(string normalizedEmail, CancellationToken cancellationToken) =>
        System.Text.Ascii.IsValid(normalizedEmail) ? await FindAsync($"where email = {normalizedEmail}", cancellationToken) : null;

    public Task<string> GetUserIdAsync(User user, CancellationToken cancellationToken) =>
        Task.FromResult(UserHandle.Of(user.Id, settings));

    public Task<string?> GetUserNameAsync(User user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Username);

    public Task SetUserNameAsync(User user, string? userName, CancellationToken cancellationToken)
    {
        user.Username = userName ?? "";
        return Task.CompletedTask;
    }

    public Task<string?> GetNormalizedUserNameAsync(User user, CancellationToken cancellationToken) => GetUserNameAsync(user, cancellationToken);

    public Task SetNormalizedUserNameAsync(User user, string? normalizedName, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<string?> GetEmailAsync(User user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Email);

    public Task SetEmailAsync(User user, string? email, CancellationToken cancellationToken)
    {
        user.Email = email ?? "";
        return Task.CompletedTask;
    }

    public Task<string?> GetNormalizedEmailAsync(User user, CancellationToken cancellationToken) => GetEmailAsync(user, cancellationToken);

    public Task SetNormalizedEmailAsync(User user, string? normalizedEmail, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<bool> GetEmailConfirmedAsync(User user, CancellationToken cancellationToken) => Task.FromResult(false);

    public Task SetEmailConfirmedAsync(User user, bool confirmed, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<string?> GetPasswordHashAsync(User user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Password);

    public Task SetPasswordHashAsync(User user, string? passwordHash, CancellationToken cancellationToken)
    {
        (user.PasswordBefore, user.Password) = (user.Password, passwordHash ?? "");
        return Task.CompletedTask;
    }

    public Task<bool> HasPasswordAsync(User user, CancellationToken cancellationToken) => Task.FromResult(user.Password.Length > 0);

    public Task<string?> GetSecurityStampAsync(User user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.SecurityStamp);

    public Task SetSecurityStampAsync(User user, string stamp, CancellationToken cancellationToken)
    {
        user.SecurityStamp = stamp;
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        // Nothing is held.
    }

    private Task<User?> FindAsync(Sql where, CancellationToken cancellationToken) => database.FindAsync(
        $"select id, username, email, password, security_stamp, is_admin, time_zone, locale, currency, created_at, totp_key is not null, disabled_at is not null or leaving_at is not null from users {where}",
        Read,
        cancellationToken);

    private static User Read(DbDataReader row) => new()
    {
        Id = row.GetInt64(0),
        Username = row.GetString(1),
        Email = row.GetString(2),
        Password = row.GetString(3),
        SecurityStamp = row.GetString(4),
        IsAdmin = row.GetBoolean(5),
        TimeZone = row.GetString(6),
        Locale = row.GetString(7),
        Currency = row.GetString(8),
        CreatedAt = row.GetDateTime(9),
        AsksForCode = row.GetBoolean(10),
        IsShut = row.GetBoolean(11),
    };
}
