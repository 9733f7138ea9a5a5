using ExpenseIQ.Database;
using ExpenseIQ.Database.Tables;
using LinqToDB;
using LinqToDB.Async;
using Microsoft.AspNetCore.Identity;

namespace ExpenseIQ.Features.Accounts;

/// <summary>
/// Where ASP.NET Core Identity finds its users. Names and addresses are compared by the columns' own collations, without
/// regard to case, so the normalised forms that Identity asks for are the plain ones.
/// </summary>
internal sealed class UserStore(ExpenseDatabase database, IdentityErrorDescriber errors, FirstUser firstUser)
    : IUserPasswordStore<User>, IUserEmailStore<User>, IUserSecurityStampStore<User>
{
    /// <summary>Adds the user with an empty ledger; who registers first becomes the administrator.</summary>
    public async Task<IdentityResult> CreateAsync(User user, CancellationToken cancellationToken)
    {
        try
        {
            await database.WriteAsync(
                async _ =>
                {
                    var id = await database.InsertWithInt64IdentityAsync(user, token: cancellationToken);
                    await database.InsertAsync(new Ledger { UserId = id }, token: cancellationToken);
                    if (firstUser.IsOpen && await ClaimSiteAsync(id, cancellationToken))
                        await database.Users.Where(row => row.Id == id).Set(row => row.IsAdmin, true).UpdateAsync(cancellationToken);
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

    /// <summary>Whether nobody registered before; one row decides, however many register at once.</summary>
    private async Task<bool> ClaimSiteAsync(long userId, CancellationToken cancellationToken) =>
        await database.Site
            .Where(site => site.FirstUserId == null)
            .Set(site => site.FirstUserId, userId)
            .UpdateAsync(cancellationToken) == 1;

    public async Task<IdentityResult> UpdateAsync(User user, CancellationToken cancellationToken)
    {
        try
        {
            await database.WriteAsync(async _ => await database.UpdateAsync(user, token: cancellationToken), cancellationToken);
            return IdentityResult.Success;
        }
        catch (Exception exception) when (database.IsDuplicate(exception))
        {
            return IdentityResult.Failed(errors.DuplicateUserName(user.Username));
        }
    }

    public async Task<IdentityResult> DeleteAsync(User user, CancellationToken cancellationToken)
    {
        await database.WriteAsync(
            async _ => await database.Users.Where(row => row.Id == user.Id).DeleteAsync(cancellationToken), cancellationToken);
        return IdentityResult.Success;
    }

    public async Task<User?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        long.TryParse(userId, out var id)
            ? await database.Users.FirstOrDefaultAsync(row => row.Id == id, cancellationToken)
            : null;

    public async Task<User?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        System.Text.Ascii.IsValid(normalizedUserName)
            ? await database.Users.FirstOrDefaultAsync(row => row.Username == normalizedUserName, cancellationToken)
            : null;

    public async Task<User?> FindByEmailAsync(string normalizedEmail, CancellationToken cancellationToken) =>
        System.Text.Ascii.IsValid(normalizedEmail)
            ? await database.Users.FirstOrDefaultAsync(row => row.Email == normalizedEmail, cancellationToken)
            : null;

    public Task<string> GetUserIdAsync(User user, CancellationToken cancellationToken) =>
        Task.FromResult(user.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));

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
        user.Password = passwordHash ?? "";
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
        // The connection belongs to the request's scope.
    }
}
