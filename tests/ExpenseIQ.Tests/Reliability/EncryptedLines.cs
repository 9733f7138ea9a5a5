using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ExpenseIQ.Database.Dialects;
using ExpenseIQ.Tests.Running;
using MySqlConnector;

namespace ExpenseIQ.Tests.Reliability;

/// <summary>TLS to the server: MySQL offers it with a certificate of its own making, MariaDB 10.11 as it is set up here does not.</summary>
[Trait("Engine", "server")]
public sealed class EncryptedLines(SharedApp shared)
{
    [Fact]
    public async Task Are_taken_where_the_server_offers_them()
    {
        var cipher = (await shared.Database.QueryAsync("show session status like 'Ssl_cipher'"))[0][1];
        Assert.Equal(Engine.Name == "mysql", cipher!.Length > 0);
    }

    [Fact]
    public async Task Must_lead_to_the_server_that_the_authority_knows_where_one_is_named()
    {
        using var key = RSA.Create(2048);
        var authority = new CertificateRequest("CN=Somebody else", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var certificate = authority.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, certificate.ExportCertificatePem(), TestContext.Current.CancellationToken);

        await using var dialect = new MySqlDialect(shared.Database.Settings.MySql! with { CertificateAuthority = file });
        await Assert.ThrowsAsync<MySqlException>(() => dialect.OpenAsync(CancellationToken.None));
        File.Delete(file);
    }
}
