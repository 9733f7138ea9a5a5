using ExpenseIQ.Database;
using ExpenseIQ.Mailing;
using ExpenseIQ.Observing;

namespace ExpenseIQ.Tests;

[Trait("Engine", "none")]
public sealed class ReadingSettings
{
    private const string Secret = "0123456789abcdef0123456789abcdef";

    [Fact]
    public void Nothing_set_is_production_on_this_machine_with_the_embedded_database()
    {
        var settings = Read();
        Assert.False(settings.IsDevelopment);
        Assert.Equal("127.0.0.1", settings.Host);
        Assert.Equal(5000, settings.Port);
        Assert.True(settings.CookieSecure);
        Assert.Equal(Path.GetFullPath("data"), settings.DataDirectory);
        Assert.Null(settings.SecretKey);
        Assert.Null(settings.MySql);
        Assert.Equal(12, settings.BcryptCost);
        Assert.Equal(4, settings.CacheMegabytes);
        Assert.Equal(LogFormat.Text, settings.LogFormat);
        Assert.Null(settings.Telemetry);
        Assert.Empty(settings.TrustedProxies);
        Assert.Null(settings.BaseUrl);
        Assert.Null(settings.Mail);
    }

    [Fact]
    public void Everything_can_be_set()
    {
        var settings = Read(
            ("ASPNETCORE_ENVIRONMENT", "Production"), ("HOST", "0.0.0.0"), ("PORT", "8080"), ("COOKIE_SECURE", "false"), ("DATA_DIR", "/srv/data"),
            ("SECRET_KEY", Secret), ("MYSQL_HOST", "db"), ("MYSQL_PORT", "3307"), ("MYSQL_USER", "app"), ("MYSQL_PASSWORD", "p w"), ("MYSQL_DB", "money"),
            ("BCRYPT_COST", "10"),
            ("CACHE_MB", "0"),
            ("DRAIN_SECONDS", "5"),
            ("REGISTRATION", "closed"),
            ("REQUIRE_SECOND_FACTOR", "true"),
            ("LOG_FORMAT", "json"),
            ("BASE_URL", "https://money.example.com:8443"),
            ("SMTP_HOST", "mail.example.com"), ("SMTP_PORT", "465"), ("SMTP_USER", "postman"), ("SMTP_PASSWORD", "p w"), ("SMTP_FROM", "ExpenseIQ <money@example.com>"), ("SMTP_TLS", "tls"),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", "https://collector:4318/otlp"), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_EXPORTER_OTLP_HEADERS", "a=b,c=d%20e"), ("OTEL_SERVICE_NAME", "money"),
            ("TRUSTED_PROXIES", "127.0.0.1, 10.0.0.0/8,::1,fd00::/8"));
        Assert.Equal("0.0.0.0", settings.Host);
        Assert.Equal(8080, settings.Port);
        Assert.False(settings.CookieSecure);
        Assert.Equal("/srv/data", settings.DataDirectory);
        Assert.Equal(Secret, settings.SecretKey);
        Assert.Equal(new MySqlSettings("db", 3307, "app", "p w", "money"), settings.MySql);
        Assert.Equal(10, settings.BcryptCost);
        Assert.Equal(0, settings.CacheMegabytes);
        Assert.False(settings.RegistrationIsOpen);
        Assert.True(settings.RequiresSecondFactor);
        Assert.Equal(TimeSpan.FromSeconds(5), settings.Drain);
        Assert.Equal(LogFormat.Json, settings.LogFormat);
        Assert.Equal(new TelemetrySettings(new Uri("https://collector:4318/otlp"), "http/protobuf", "a=b,c=d%20e", "money"), settings.Telemetry);
        Assert.Equal(new Uri("https://money.example.com:8443"), settings.BaseUrl);
        Assert.Equal(new MailSettings("mail.example.com", 465, "postman", "p w", "ExpenseIQ <money@example.com>", MailEncryption.Tls), settings.Mail);
        Assert.Equal(["127.0.0.1/32", "10.0.0.0/8", "::1/128", "fd00::/8"], settings.TrustedProxies.Select(network => network.ToString()));
    }

    [Theory]
    [InlineData("a", "a:3306")]
    [InlineData("a:3307", "a:3307")]
    [InlineData("a:3307, b ,c:3309", "a:3307 b:3306 c:3309")]
    [InlineData("10.0.0.1,10.0.0.2:3307", "10.0.0.1:3306 10.0.0.2:3307")]
    [InlineData("::1", "[::1]:3306")]
    [InlineData("[::1]:3307,[fe80::2]", "[::1]:3307 [fe80::2]:3306")]
    public void Several_servers_can_be_named(string host, string servers) =>
        Assert.Equal(servers, string.Join(' ', Read(("MYSQL_HOST", host), ("SECRET_KEY", Secret)).MySql!.Servers));

    [Theory]
    [InlineData("a,")]
    [InlineData(",")]
    [InlineData("a:0")]
    [InlineData("a:b,c")]
    [InlineData("a:65536")]
    [InlineData("a b")]
    [InlineData("[::1]3307")]
    [InlineData("a,a:3306")]
    public void A_list_of_servers_that_can_t_be_read_is_named(string host)
    {
        var message = Refusal(("MYSQL_HOST", host));
        Assert.Contains("MYSQL_HOST", message, StringComparison.Ordinal);
        Assert.Contains(host, message, StringComparison.Ordinal);
        Assert.Contains("a:3306,b:3306,c:3306", message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_certificates_of_the_server_s_authority_must_be_there()
    {
        var file = Path.GetTempFileName();
        Assert.Equal(file, Read(("MYSQL_HOST", "a"), ("MYSQL_SSL_CA", file), ("SECRET_KEY", Secret)).MySql!.CertificateAuthority);
        Assert.Equal(file, Read(("DATABASE_URL", "mysql://a/money"), ("MYSQL_SSL_CA", file), ("SECRET_KEY", Secret)).MySql!.CertificateAuthority);
        File.Delete(file);
        Assert.Contains("MYSQL_SSL_CA", Refusal(("MYSQL_HOST", "a"), ("MYSQL_SSL_CA", file)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://money.example.com", "https://money.example.com/")]
    [InlineData("https://money.example.com/", "https://money.example.com/")]
    [InlineData("https://Money.Example.com:443", "https://money.example.com/")]
    [InlineData("http://192.168.1.5:5000", "http://192.168.1.5:5000/")]
    [InlineData("http://[::1]:5000", "http://[::1]:5000/")]
    [InlineData("https://gläser.example", "https://xn--glser-hra.example/")]
    public void The_base_url_is_scheme_host_and_port(string text, string url) => Assert.Equal(url, Read(("BASE_URL", text)).BaseUrl!.AbsoluteUri);

    [Theory]
    [InlineData("https://money.example.com", "https://money.example.com/", "")]
    [InlineData("https://example.com/money", "https://example.com/money", "/money")]
    [InlineData("https://Example.com:8443/Money/", "https://example.com:8443/Money", "/Money")]
    [InlineData("https://example.com/a.b/c-d_e/~f/1", "https://example.com/a.b/c-d_e/~f/1", "/a.b/c-d_e/~f/1")]
    [InlineData("http://[::1]:5000/money", "http://[::1]:5000/money", "/money")]
    public void The_base_url_may_have_a_path(string text, string url, string path)
    {
        var settings = Read(("BASE_URL", text));
        Assert.Equal((url, path), (settings.BaseUrl!.AbsoluteUri, settings.BasePath));
    }

    [Theory]
    [InlineData("https://example.com//")]
    [InlineData("https://example.com/money//")]
    [InlineData("https://example.com//money")]
    [InlineData("https://example.com/money//app")]
    [InlineData("https://example.com/my money")]
    [InlineData("https://example.com/%6Doney")]
    [InlineData("https://example.com/gläser")]
    [InlineData("https://example.com/money;a")]
    [InlineData("https://example.com/a&b")]
    [InlineData("https://example.com/'money")]
    [InlineData("https://example.com/.")]
    [InlineData("https://example.com/money/..")]
    [InlineData("https://example.com/../money")]
    [InlineData("https://example.com/a/./b")]
    [InlineData("https://example.com\\money")]
    [InlineData("https://example.com/a\\b")]
    [InlineData("https://example.com/money?")]
    [InlineData("https://example.com/money#")]
    [InlineData("https://example.com/?a=b")]
    [InlineData("https://example.com/#a")]
    [InlineData("https://somebody@example.com")]
    [InlineData("ftp://example.com")]
    [InlineData("example.com")]
    [InlineData("money.example.com:443")]
    [InlineData("//example.com")]
    [InlineData("/money")]
    [InlineData("https://")]
    [InlineData("https://example.com:99999")]
    public void A_base_url_with_anything_else_is_named(string text)
    {
        var message = Refusal(("BASE_URL", text));
        Assert.Contains("BASE_URL", message, StringComparison.Ordinal);
        Assert.Contains("https://host:port, and a path of letters", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void Mail_goes_to_the_usual_port_encrypted()
    {
        Assert.Equal(
            new MailSettings("mail", 587, null, null, "money@example.com", MailEncryption.StartTls),
            Read(("BASE_URL", "https://example.com"), ("SMTP_HOST", "mail"), ("SMTP_FROM", "money@example.com")).Mail);
        Assert.Null(Read(("SMTP_FROM", "money@example.com"), ("SMTP_PORT", "25")).Mail);
    }

    [Theory]
    [InlineData("BASE_URL", null)]
    [InlineData("SMTP_FROM", null)]
    [InlineData("SMTP_FROM", "nobody")]
    [InlineData("SMTP_FROM", "a@example.com, b@example.com")]
    [InlineData("SMTP_HOST", "mail.example.com:587")]
    [InlineData("SMTP_PORT", "0")]
    [InlineData("SMTP_TLS", "yes")]
    [InlineData("SMTP_USER", null)]
    [InlineData("SMTP_PASSWORD", null)]
    public void What_mail_needs_and_does_not_have_is_named(string name, string? value)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["BASE_URL"] = "https://example.com",
            ["SMTP_HOST"] = "mail",
            ["SMTP_FROM"] = "money@example.com",
            ["SMTP_USER"] = "canary-user",
            ["SMTP_PASSWORD"] = "canary-password",
            [name] = value,
        };
        var message = Refusal([.. settings.Where(pair => pair.Value is not null).Select(pair => (pair.Key, pair.Value!))]);
        Assert.Contains($"The setting {name} is wrong", message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Telemetry_goes_where_it_is_told_and_nowhere_else()
    {
        Assert.Null(Read(("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"), ("OTEL_SERVICE_NAME", "money")).Telemetry);
        Assert.Equal(
            new TelemetrySettings(new Uri("http://collector:4317"), "grpc", null, "expenseiq"),
            Read(("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4317")).Telemetry);
        Assert.Contains("OTEL_EXPORTER_OTLP_PROTOCOL", Refusal(("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4317"), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json")), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", Refusal(("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4317"), ("OTEL_EXPORTER_OTLP_HEADERS", "hunter2")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_has_the_usual_port_user_and_database()
    {
        var settings = Read(("MYSQL_HOST", "db"), ("SECRET_KEY", Secret));
        Assert.Equal(new MySqlSettings("db", 3306, "root", "", "smart_expense_tracker"), settings.MySql);
    }

    [Theory]
    [InlineData("Development", false)]
    [InlineData("Production", true)]
    public void Cookies_are_secure_outside_development(string environment, bool secure) =>
        Assert.Equal(secure, Read(("ASPNETCORE_ENVIRONMENT", environment)).CookieSecure);

    [Theory]
    [InlineData("true", true)]
    [InlineData("TRUE", true)]
    [InlineData("1", true)]
    [InlineData("yes", true)]
    [InlineData("false", false)]
    [InlineData("0", false)]
    [InlineData("No", false)]
    public void Yes_and_no_can_be_said_in_several_ways(string text, bool secure) => Assert.Equal(secure, Read(("COOKIE_SECURE", text)).CookieSecure);

    [Theory]
    [InlineData("HOST")]
    [InlineData("PORT")]
    [InlineData("MYSQL_HOST")]
    [InlineData("DATABASE_URL")]
    [InlineData("SECRET_KEY")]
    [InlineData("TRUSTED_PROXIES")]
    public void An_empty_text_sets_nothing(string name) => Assert.Equal(Read(), Read((name, "  ")));

    [Theory]
    [InlineData("mysql://app:secret@db.example:3307/money", "db.example", 3307, "app", "secret", "money")]
    [InlineData("mysql://app@db.example/money", "db.example", 3306, "app", "", "money")]
    [InlineData("mysql://db.example/money", "db.example", 3306, "root", "", "money")]
    [InlineData("mysql://a%40b:p%3Aw%2F%25@db.example/money?reconnect=true", "db.example", 3306, "a@b", "p:w/%", "money")]
    [InlineData("mysql://app:a:b@127.0.0.1/money", "127.0.0.1", 3306, "app", "a:b", "money")]
    public void A_database_address_says_it_all(string address, string host, int port, string user, string password, string database)
    {
        foreach (var name in new[] { "DATABASE_URL", "CLEARDB_DATABASE_URL", "JAWSDB_URL" })
            Assert.Equal(new MySqlSettings(host, port, user, password, database), Read((name, address), ("SECRET_KEY", Secret)).MySql);
    }

    [Fact]
    public void The_host_comes_before_an_address_and_the_first_address_before_the_others()
    {
        Assert.Equal("one", Read(("MYSQL_HOST", "one"), ("DATABASE_URL", "mysql://two/money"), ("SECRET_KEY", Secret)).MySql!.Host);
        Assert.Equal("two", Read(("JAWSDB_URL", "mysql://three/money"), ("DATABASE_URL", "mysql://two/money"), ("SECRET_KEY", Secret)).MySql!.Host);
    }

    [Theory]
    [InlineData("ASPNETCORE_ENVIRONMENT", "Staging", "Development or Production")]
    [InlineData("ASPNETCORE_ENVIRONMENT", "development", "Development or Production")]
    [InlineData("HOST", "example.com", "IP address")]
    [InlineData("HOST", "127.0.0.1:80", "IP address")]
    [InlineData("PORT", "http", "0 to 65535")]
    [InlineData("PORT", "65536", "0 to 65535")]
    [InlineData("DRAIN_SECONDS", "301", "0 to 300")]
    [InlineData("DRAIN_SECONDS", "soon", "0 to 300")]
    [InlineData("PORT", "-1", "0 to 65535")]
    [InlineData("PORT", "80.5", "0 to 65535")]
    [InlineData("COOKIE_SECURE", "maybe", "true or false")]
    [InlineData("BCRYPT_COST", "9", "10 to 16")]
    [InlineData("BCRYPT_COST", "17", "10 to 16")]
    [InlineData("CACHE_MB", "-1", "0 to 4096")]
    [InlineData("LOG_FORMAT", "xml", "text or json")]
    [InlineData("REGISTRATION", "no", "open or closed")]
    [InlineData("TRUSTED_PROXIES", "any", "addresses and networks")]
    [InlineData("TRUSTED_PROXIES", "proxy.example", "addresses and networks")]
    [InlineData("TRUSTED_PROXIES", "10.0.0.0/33", "addresses and networks")]
    [InlineData("TRUSTED_PROXIES", "10.0.0.0;10.0.0.1", "addresses and networks")]
    [InlineData("TRUSTED_PROXIES", "0.0.0.0/0", "not every address")]
    [InlineData("TRUSTED_PROXIES", "::/0", "not every address")]
    public void What_is_wrong_is_named_with_what_was_found_and_what_is_expected(string name, string found, string expected)
    {
        var message = Refusal((name, found));
        Assert.Contains(name, message, StringComparison.Ordinal);
        Assert.Contains(found, message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MYSQL_PORT", "0")]
    [InlineData("MYSQL_PORT", "65536")]
    [InlineData("MYSQL_PORT", "x")]
    public void A_server_has_a_port(string name, string found)
    {
        var message = Refusal(("MYSQL_HOST", "db"), (name, found));
        Assert.Contains(name, message, StringComparison.Ordinal);
        Assert.Contains(found, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DATABASE_URL", "hunter2")]
    [InlineData("DATABASE_URL", "postgres://app:hunter2@db/money")]
    [InlineData("DATABASE_URL", "mysql://app:hunter2@db")]
    [InlineData("DATABASE_URL", "mysql://app:hunter2@db/")]
    [InlineData("DATABASE_URL", "mysql://app:hunter2@db:0/money")]
    [InlineData("DATABASE_URL", "mysql://app:hunter2@db:99999/money")]
    [InlineData("JAWSDB_URL", "https://app:hunter2@db/money")]
    [InlineData("CLEARDB_DATABASE_URL", "//app:hunter2@db/money")]
    [InlineData("SECRET_KEY", "hunter2")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "hunter2")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "ftp://app:hunter2@collector")]
    public void No_secret_is_ever_repeated(string name, string text)
    {
        var message = Refusal((name, text));
        Assert.Contains(name, message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Production_on_a_server_needs_a_key_that_all_instances_share()
    {
        Assert.Contains("SECRET_KEY", Refusal(("MYSQL_HOST", "db")), StringComparison.Ordinal);
        Assert.NotNull(Read(("MYSQL_HOST", "db"), ("ASPNETCORE_ENVIRONMENT", "Development")).MySql);
    }

    private static Settings Read(params (string Name, string Value)[] values) =>
        Settings.Read(name => Array.Find(values, value => value.Name == name).Value);

    private static string Refusal(params (string Name, string Value)[] values)
    {
        var message = Assert.Throws<SettingsException>(() => Read(values)).Message;
        Assert.DoesNotContain('\n', message);
        return message;
    }
}
