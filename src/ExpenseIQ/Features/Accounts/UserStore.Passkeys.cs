using System.Data.Common;
using System.Security.Cryptography;
using ExpenseIQ.Database;
using ExpenseIQ.Database.Tables;
using Microsoft.AspNetCore.Identity;

namespace ExpenseIQ.Features.Accounts;

/// <summary>The passkeys of the users. What an authenticator said of itself when a key was made is not kept: nothing asks for it.</summary>
internal sealed partial class UserStore
{
    private const string PasskeyColumns =
        "p.credential_id, p.public_key, p.name, p.created_at, p.sign_count, p.transports, p.is_user_verified, p.is_backup_eligible, p.is_backed_up";

    /// <summary>Adds a key. What changes when it is used, <see cref="Passkeys"/> writes: one that was removed meanwhile must not come back.</summary>
    public Task AddOrUpdatePasskeyAsync(User user, UserPasskeyInfo passkey, CancellationToken cancellationToken)
    {
        var hash = SHA256.HashData(passkey.CredentialId);
        return database.WriteAsync(
            async _ =>
            {
                await database.ExecuteAsync($"delete from passkeys where user_id = {user.Id} and credential_hash = {hash}", cancellationToken); // by a first attempt
                return await database.ExecuteAsync(
                    $"""
                    insert into passkeys (user_id, credential_hash, credential_id, public_key, name, created_at, sign_count, transports, is_user_verified, is_backup_eligible, is_backed_up)
                    values ({user.Id}, {hash}, {Convert.ToBase64String(passkey.CredentialId)}, {Convert.ToBase64String(passkey.PublicKey)}, {passkey.Name ?? ""},
                      {passkey.CreatedAt.UtcDateTime}, {passkey.SignCount}, {string.Join(' ', passkey.Transports ?? [])},
                      {passkey.IsUserVerified}, {passkey.IsBackupEligible}, {passkey.IsBackedUp})
                    """,
                    cancellationToken);
            },
            cancellationToken);
    }

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(User user, CancellationToken cancellationToken) => await database.ListAsync(
        $"select {Sql.Raw(PasskeyColumns)} from passkeys p where p.user_id = {user.Id} order by p.created_at", ReadPasskey, cancellationToken);

    public async Task<User?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken)
    {
        var userId = await database.FindAsync(
            $"select user_id from passkeys where credential_hash = {SHA256.HashData(credentialId)}", row => (long?)row.GetInt64(0), cancellationToken);
        return userId is { } id ? await FindAsync($"where id = {id}", cancellationToken) : null;
    }

    public Task<UserPasskeyInfo?> FindPasskeyAsync(User user, byte[] credentialId, CancellationToken cancellationToken) => database.FindAsync(
        $"select {Sql.Raw(PasskeyColumns)} from passkeys p where p.user_id = {user.Id} and p.credential_hash = {SHA256.HashData(credentialId)}", ReadPasskey, cancellationToken);

    public Task RemovePasskeyAsync(User user, byte[] credentialId, CancellationToken cancellationToken) => database.WriteAsync(
        _ => database.ExecuteAsync($"delete from passkeys where user_id = {user.Id} and credential_hash = {SHA256.HashData(credentialId)}", cancellationToken),
        cancellationToken);

    private static UserPasskeyInfo ReadPasskey(DbDataReader row) => new(
        Convert.FromBase64String(row.GetString(0)),
        Convert.FromBase64String(row.GetString(1)),
        new DateTimeOffset(row.GetDateTime(3), TimeSpan.Zero),
        (uint)row.GetInt64(4),
        row.GetString(5).Split(' ', StringSplitOptions.RemoveEmptyEntries),
        row.GetBoolean(6),
        row.GetBoolean(7),
        row.GetBoolean(8),
        attestationObject: [],
        clientDataJson: [])
    {
        Name = row.GetString(2),
    };
}
