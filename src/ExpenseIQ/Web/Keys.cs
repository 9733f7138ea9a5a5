using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using ExpenseIQ.Database;
using ExpenseIQ.Domain;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption.ConfigurationModel;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.Options;

namespace ExpenseIQ.Web;

/// <summary>
/// The keys that sign cookies and form tokens: kept in the database, so that a restart or a second instance signs nobody out,
/// and encrypted with SECRET_KEY, so that a copy of the database is not enough to forge a cookie.
/// </summary>
internal static partial class Keys
{
    public static IServiceCollection AddKeys(this IServiceCollection services)
    {
        // AES-GCM encrypts and signs in one pass; keys that were made before keep the algorithm that they name.
        services.AddDataProtection().SetApplicationName("ExpenseIQ")
            .UseCryptographicAlgorithms(new AuthenticatedEncryptorConfiguration { EncryptionAlgorithm = EncryptionAlgorithm.AES_256_GCM });
        services.AddSingleton<SecretKey>();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(options =>
            {
                options.XmlRepository = ActivatorUtilities.CreateInstance<KeyTable>(provider);
                options.XmlEncryptor = new KeyEncryptor(provider.GetRequiredService<SecretKey>());
            }));
        return services;
    }

    private sealed partial class KeyTable(
        IServiceScopeFactory scopes, SecretKey secret, TimeProvider time, ILogger<KeyTable> logger) : IXmlRepository
    {
        /// <summary>How many keys there were when they were last read.</summary>
        private int known;

        /// <summary>The keys that SECRET_KEY opens. Of others, one line: they signed the sessions of another SECRET_KEY.</summary>
        public IReadOnlyCollection<XElement> GetAllElements()
        {
            using var scope = scopes.CreateScope();
            var database = scope.ServiceProvider.GetRequiredService<ExpenseDatabase>();
            var keys = database.ListAsync($"select xml from data_protection_keys order by id", row => XElement.Parse(row.GetString(0)), CancellationToken.None)
                .GetAwaiter().GetResult();
            known = keys.Count;
            var foreign = keys.RemoveAll(key => key.Descendants(KeyEncryptor.ElementName).Any(element => !KeyDecryptor.CanOpen(element, secret)));
            if (foreign > 0) LogForeign(foreign);
            return keys;
        }

        [LoggerMessage(LogLevel.Warning, "{Count} keys in the database were made with another SECRET_KEY: whoever signed in under it has to sign in again. Instances that share a database need the same one.")]
        private partial void LogForeign(int count);

        /// <summary>
        /// Of several instances that make a key at the same time, one stores it; the others find that one when they read the
        /// keys again, which data protection does after each.
        /// </summary>
        public void StoreElement(XElement element, string friendlyName) =>
            StoreAsync(element.ToString(SaveOptions.DisableFormatting), friendlyName).GetAwaiter().GetResult();

        private async Task StoreAsync(string xml, string name)
        {
            await using var scope = scopes.CreateAsyncScope();
            var database = scope.ServiceProvider.GetRequiredService<ExpenseDatabase>();
            await database.WriteAsync(
                async write =>
                {
                    // The site's row holds the other instances back until this one is through.
                    await database.ExecuteAsync($"update site set id = 1 where id = 1", CancellationToken.None);
                    var count = await database.FindAsync($"select count(*) from data_protection_keys", row => row.GetInt32(0), CancellationToken.None);
                    if (count != known) return write.Abandon(false);
                    await database.ExecuteAsync(
                        $"insert into data_protection_keys (name, xml, created_at) values ({name}, {xml}, {time.UtcNow()})", CancellationToken.None);
                    return true;
                },
                CancellationToken.None);
        }
    }
}

/// <summary>SECRET_KEY, or one that was generated at the first start and is kept in the data folder.</summary>
internal sealed class SecretKey(Settings settings)
{
    private const string FileName = "secret.key";
    private const int KeyBytes = 32;

    private readonly Lazy<byte[]> encryptionKey = new(() => Derive(settings, "ExpenseIQ data protection keys v1"));
    private readonly Lazy<byte[]> tokenKey = new(() => Derive(settings, "ExpenseIQ tokens v1"));

    /// <summary>256 bits, derived from the secret (HKDF, RFC 5869), that the keys in the database are encrypted with.</summary>
    public byte[] EncryptionKey => encryptionKey.Value;

    /// <summary>256 bits, derived in the same way, that tokens are hashed with before they are stored.</summary>
    public byte[] TokenKey => tokenKey.Value;

    private static byte[] Derive(Settings settings, string purpose) => HKDF.DeriveKey(
        HashAlgorithmName.SHA256,
        Encoding.UTF8.GetBytes(settings.SecretKey ?? ReadOrCreate(settings.DataDirectory)),
        KeyBytes,
        info: Encoding.UTF8.GetBytes(purpose));

    private static string ReadOrCreate(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path)) Create(folder, path);
        var secret = File.ReadAllText(path).Trim();
        return secret.Length >= 32
            ? secret
            : throw new SettingsException("SECRET_KEY", $"a file {path} that is too short", "64 hexadecimal digits in it, or no file");
    }

    /// <summary>Written beside and moved into place, so that of several instances that start together one wins, whole.</summary>
    private static void Create(string folder, string path)
    {
        var temporary = Path.Combine(folder, $"{FileName}.{Guid.NewGuid():N}");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(temporary, options))
            writer.WriteLine(RandomNumberGenerator.GetHexString(64, lowercase: true));
        try
        {
            File.Move(temporary, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(temporary);
        }
    }
}

/// <summary>AES-256-GCM over a key's XML; the nonce and the tag stand before the ciphertext.</summary>
internal sealed class KeyEncryptor(SecretKey secret) : IXmlEncryptor
{
    internal const string ElementName = "aesGcm";
    internal const int NonceBytes = 12;
    internal const int TagBytes = 16;

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var plain = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        var sealedBytes = new byte[NonceBytes + TagBytes + plain.Length];
        var nonce = sealedBytes.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(secret.EncryptionKey, TagBytes);
        aes.Encrypt(nonce, plain, sealedBytes.AsSpan(NonceBytes + TagBytes), sealedBytes.AsSpan(NonceBytes, TagBytes));
        return new EncryptedXmlInfo(new XElement(ElementName, Convert.ToBase64String(sealedBytes)), typeof(KeyDecryptor));
    }
}

/// <summary>Undoes <see cref="KeyEncryptor"/>; made by data protection from its name in the stored XML.</summary>
internal sealed class KeyDecryptor(IServiceProvider services) : IXmlDecryptor
{
    /// <exception cref="CryptographicException">SECRET_KEY is not the one that the key was stored with.</exception>
    public XElement Decrypt(XElement encryptedElement) => Open(encryptedElement, services.GetRequiredService<SecretKey>());

    public static bool CanOpen(XElement encryptedElement, SecretKey secret)
    {
        try
        {
            Open(encryptedElement, secret);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static XElement Open(XElement encryptedElement, SecretKey secret)
    {
        var sealedBytes = Convert.FromBase64String(encryptedElement.Value);
        const int start = KeyEncryptor.NonceBytes + KeyEncryptor.TagBytes;
        var plain = new byte[sealedBytes.Length - start];
        using var aes = new AesGcm(secret.EncryptionKey, KeyEncryptor.TagBytes);
        aes.Decrypt(
            sealedBytes.AsSpan(0, KeyEncryptor.NonceBytes),
            sealedBytes.AsSpan(start),
            sealedBytes.AsSpan(KeyEncryptor.NonceBytes, KeyEncryptor.TagBytes),
            plain);
        return XElement.Parse(Encoding.UTF8.GetString(plain));
    }
}
