using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using dotenv.net;
using ExpenseIQ.Database;
using ExpenseIQ.Mailing;
using ExpenseIQ.Observing;

namespace ExpenseIQ;

/// <summary>Every option of the program, read from the environment and .env, checked before anything starts.</summary>
public sealed partial record Settings
{
    /// <summary>The shortest SECRET_KEY, in characters.</summary>
    private const int ShortestSecret = 32;

    private static readonly string[] DatabaseUrls = ["DATABASE_URL", "CLEARDB_DATABASE_URL", "JAWSDB_URL"];

    /// <summary>Development or Production.</summary>
    public required string Environment { get; init; }

    public bool IsDevelopment => Environment == "Development";

    /// <summary>The address to listen on.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>0 to 65535; 0 takes a free port.</summary>
    public int Port { get; init; } = 5000;

    /// <summary>Whether cookies go over HTTPS only.</summary>
    public required bool CookieSecure { get; init; }

    /// <summary>
    /// Where people open the site: scheme, host and port, and the path where it lies below another site. Null: links can't be mailed, and
    /// whatever name the site is opened under is its own.
    /// </summary>
    public Uri? BaseUrl
    {
        get;
        init => (field, BasePath) = (value, value?.AbsolutePath.TrimEnd('/') ?? "");
    }

    /// <summary>The path of <see cref="BaseUrl"/>, such as /money; empty at the root of a host.</summary>
    public string BasePath { get; private init; } = "";

    /// <summary>How mail is sent; null: none is.</summary>
    public MailSettings? Mail { get; init; }

    /// <summary>The proxies whose X-Forwarded-For and X-Forwarded-Proto are believed; none: nobody's.</summary>
    public IReadOnlyList<IPNetwork> TrustedProxies { get; init; } = [];

    /// <summary>Whether anybody can make an account; otherwise only the first one, the administrator's, is made.</summary>
    public bool RegistrationIsOpen { get; init; } = true;

    /// <summary>Whether everybody has to prove who they are with more than a password.</summary>
    public bool RequiresSecondFactor { get; init; }

    /// <summary>The folder of the embedded database and of generated keys; an absolute path.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>What encrypts the keys that sign cookies; null: generated once and kept in <see cref="DataDirectory"/>.</summary>
    public string? SecretKey { get; init; }

    /// <summary>The server to keep the data on; null: the embedded database.</summary>
    public MySqlSettings? MySql { get; init; }

    /// <summary>bcrypt's cost: the logarithm to base 2 of its rounds, 10 to 16 (tests take less).</summary>
    public int BcryptCost { get; init; } = 12;

    /// <summary>How many megabytes of finished pages may be kept in memory while nothing in them changes; 0 keeps none.</summary>
    public int CacheMegabytes { get; init; } = 4;

    /// <summary>
    /// How long the program goes on answering after it was told to stop, while /health/ready already says no: what a proxy needs to
    /// send its requests elsewhere.
    /// </summary>
    public TimeSpan Drain { get; init; }

    /// <summary>How the lines of the log are written.</summary>
    public LogFormat LogFormat { get; init; }

    /// <summary>Where traces, metrics and logs are sent; null: nowhere.</summary>
    public TelemetrySettings? Telemetry { get; init; }

    /// <summary>The file that settings were read from, where it is one that everybody on this machine may read; null: it is not, or there is none.</summary>
    public string? OpenFile { get; init; }

    /// <summary>Reads the environment and, for what is not in it, the file .env of the current folder or beside the program.</summary>
    /// <exception cref="SettingsException">A setting is wrong.</exception>
    public static Settings FromEnvironment()
    {
        string[] files = [Path.Combine(Directory.GetCurrentDirectory(), ".env"), Path.Combine(AppContext.BaseDirectory, ".env")];
        var file = Array.Find(files, File.Exists);
        var values = file is null
            ? new Dictionary<string, string>(StringComparer.Ordinal)
            : ReadEnvironmentFile(file);
        var settings = Read(name =>
            System.Environment.GetEnvironmentVariable(name) ?? (values.TryGetValue(name, out var text) ? text : null));
        return settings with { OpenFile = file is not null && IsReadByEverybody(file) ? file : null };
    }

    private static bool IsReadByEverybody(string file) => !OperatingSystem.IsWindows() && File.GetUnixFileMode(file).HasFlag(UnixFileMode.OtherRead);

    private static IDictionary<string, string> ReadEnvironmentFile(string file)
    {
        try
        {
            return DotEnv.Read(new DotEnvOptions(envFilePaths: [file]));
        }
        catch (ArgumentException exception)
        {
            throw new SettingsException(file, exception.Message.TrimEnd('.'), "lines of the form NAME=value");
        }
    }

    /// <summary>Reads the settings from anything that has a text for a name; no text and an empty one are the same.</summary>
    /// <exception cref="SettingsException">A setting is wrong.</exception>
    public static Settings Read(Func<string, string?> value)
    {
        var environment = Text("ASPNETCORE_ENVIRONMENT") ?? "Production";
        if (environment is not ("Development" or "Production"))
            throw new SettingsException("ASPNETCORE_ENVIRONMENT", environment, "Development or Production");

        var settings = new Settings
        {
            Environment = environment,
            Host = ReadHost(Text("HOST") ?? "127.0.0.1"),
            Port = ReadNumber("PORT", Text("PORT"), 5000, 0, 65535),
            CookieSecure = ReadBoolean("COOKIE_SECURE", Text("COOKIE_SECURE"), environment != "Development"),
            BaseUrl = ReadBaseUrl(Text("BASE_URL")),
            Mail = MailSettings.Read(Text),
            TrustedProxies = ReadNetworks("TRUSTED_PROXIES", Text("TRUSTED_PROXIES")),
            RegistrationIsOpen = ReadRegistration(Text("REGISTRATION")),
            RequiresSecondFactor = ReadBoolean("REQUIRE_SECOND_FACTOR", Text("REQUIRE_SECOND_FACTOR"), fallback: false),
            DataDirectory = Path.GetFullPath(Text("DATA_DIR") ?? "data"),
            SecretKey = ReadSecret(Text("SECRET_KEY")),
            MySql = ReadMySql(Text),
            BcryptCost = ReadNumber("BCRYPT_COST", Text("BCRYPT_COST"), 12, 10, 16),
            CacheMegabytes = ReadNumber("CACHE_MB", Text("CACHE_MB"), 4, 0, 4096),
            Drain = TimeSpan.FromSeconds(ReadNumber("DRAIN_SECONDS", Text("DRAIN_SECONDS"), 0, 0, 300)),
            LogFormat = ReadLogFormat(Text("LOG_FORMAT")),
            Telemetry = TelemetrySettings.Read(Text),
        };
        if (settings is { IsDevelopment: false, MySql: not null, SecretKey: null })
        {
            throw new SettingsException(
                "SECRET_KEY", "nothing", $"the same {ShortestSecret} or more random characters for every instance that uses this database");
        }
        if (settings is { Mail: not null, BaseUrl: null })
            throw new SettingsException("BASE_URL", "nothing", "the address that people open, such as https://money.example.com, since SMTP_HOST is set and mails have links");
        return settings;

        string? Text(string name) => value(name)?.Trim() is { Length: > 0 } text ? text : null;
    }

    private static string ReadHost(string host) =>
        host == "localhost" || IPAddress.TryParse(host, out _)
            ? host
            : throw new SettingsException("HOST", host, "an IP address to listen on, such as 127.0.0.1 or 0.0.0.0, or localhost");

    private static Uri? ReadBaseUrl(string? text)
    {
        if (text is null) return null;
        var isPlain = Uri.TryCreate(text, UriKind.Absolute, out var url) && url is { Scheme: "http" or "https", UserInfo: "", Query: "", Fragment: "", Port: > 0 }
            && PlainPath().IsMatch(text);
        return isPlain
            ? new Uri($"{url!.Scheme}://{(url.HostNameType == UriHostNameType.IPv6 ? url.Host : url.IdnHost)}:{url.Port}{url.AbsolutePath.TrimEnd('/')}")
            : throw new SettingsException(
                "BASE_URL", text, "https://host or https://host:port, and a path of letters, digits and -._~ at most, such as https://money.example.com or https://example.com/money");
    }

    /// <summary>An address whose path, as it is written, is what browsers send, and needs no encoding wherever it stands.</summary>
    [GeneratedRegex(@"^[A-Za-z]+://[^/\\?#]+(/(?!\.{1,2}(/|$))[A-Za-z0-9._~-]+)*/?$", RegexOptions.CultureInvariant)]
    private static partial Regex PlainPath();

    internal static int ReadNumber(string name, string? text, int fallback, int least, int most)
    {
        if (text is null) return fallback;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new SettingsException(name, text, $"a whole number from {least} to {most}");
    }

    private static bool ReadBoolean(string name, string? text, bool fallback) => text?.ToLowerInvariant() switch
    {
        null => fallback,
        "true" or "1" or "yes" => true,
        "false" or "0" or "no" => false,
        _ => throw new SettingsException(name, text, "true or false"),
    };

    private static LogFormat ReadLogFormat(string? text) => text switch
    {
        null or "text" => LogFormat.Text,
        "json" => LogFormat.Json,
        _ => throw new SettingsException("LOG_FORMAT", text, "text or json"),
    };

    private static bool ReadRegistration(string? text) => text switch
    {
        null or "open" => true,
        "closed" => false,
        _ => throw new SettingsException("REGISTRATION", text, "open or closed"),
    };

    private static IReadOnlyList<IPNetwork> ReadNetworks(string name, string? text) => text is null
        ? []
        : [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(part => ReadNetwork(name, part))];

    private static IPNetwork ReadNetwork(string name, string text)
    {
        if (IPAddress.TryParse(text, out var address)) return new IPNetwork(address, address.GetAddressBytes().Length * 8);
        // Who believes everybody believes what the visitor wrote.
        return IPNetwork.TryParse(text, out var network) && network.PrefixLength > 0
            ? network
            : throw new SettingsException(name, text, "addresses and networks separated by commas, such as 127.0.0.1,10.0.0.0/8, and not every address");
    }

    private static string? ReadSecret(string? secret) =>
        secret is null or { Length: >= ShortestSecret }
            ? secret
            : throw new SettingsException("SECRET_KEY", $"{secret.Length} characters", $"{ShortestSecret} or more random characters");

    private static MySqlSettings? ReadMySql(Func<string, string?> text)
    {
        var server = text("MYSQL_HOST") is { } hosts ? ReadServers(hosts, text)
            : Array.Find(DatabaseUrls, name => text(name) is not null) is { } set ? ReadUrl(set, text(set)!)
            : null;
        return server is null ? null : server with { CertificateAuthority = ReadFile("MYSQL_SSL_CA", text("MYSQL_SSL_CA")) };
    }

    private static MySqlSettings ReadServers(string hosts, Func<string, string?> text)
    {
        var servers = new MySqlSettings(
            hosts,
            ReadNumber("MYSQL_PORT", text("MYSQL_PORT"), 3306, 1, 65535),
            text("MYSQL_USER") ?? "root",
            text("MYSQL_PASSWORD") ?? "",
            text("MYSQL_DB") ?? "smart_expense_tracker");
        try
        {
            if (servers.Servers.Distinct().Count() == servers.Servers.Count) return servers;
        }
        catch (FormatException)
        {
            // The same as a list that names a server twice.
        }
        throw new SettingsException("MYSQL_HOST", hosts, "a host, or several as in a:3306,b:3306,c:3306, each once");
    }

    private static string? ReadFile(string name, string? path) =>
        path is null || File.Exists(path) ? path : throw new SettingsException(name, path, "a file that is there");

    private static MySqlSettings ReadUrl(string name, string text)
    {
        const string expected = "mysql://user:password@host:port/database";
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Host.Length == 0)
            throw new SettingsException(name, "something that is no URL", expected);
        if (url.Scheme != "mysql") throw new SettingsException(name, $"{url.Scheme}://…", expected);
        if (url.Port == 0) throw new SettingsException(name, "port 0", expected);
        var database = Uri.UnescapeDataString(url.AbsolutePath.Trim('/'));
        if (database.Length == 0) throw new SettingsException(name, "no database in the path", expected);
        var account = url.UserInfo.Split(':', 2);
        return new MySqlSettings(
            url.DnsSafeHost, // an IPv6 address without its brackets
            url.Port < 0 ? 3306 : url.Port,
            account[0].Length == 0 ? "root" : Uri.UnescapeDataString(account[0]),
            account.Length < 2 ? "" : Uri.UnescapeDataString(account[1]),
            database);
    }
}
