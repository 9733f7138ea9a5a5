using System.Net;
using MySqlConnector;

namespace ExpenseIQ.Database.Dialects;

/// <summary>One server and its pool of connections.</summary>
internal sealed class MySqlServer : IAsyncDisposable
{
    /// <summary>How long one that is asked for its role may take, in seconds.</summary>
    private const uint QuestionSeconds = 2;

    private readonly MySqlDataSource source;
    private readonly string question;

    /// <param name="isOneOfSeveral">Whether to give it up soon: another may have taken over.</param>
    /// <param name="prepare">What each new connection needs.</param>
    public MySqlServer(
        MySqlSettings settings, MySqlAddress address, bool isOneOfSeveral, Func<MySqlConnection, CancellationToken, ValueTask> prepare)
    {
        Address = address;
        var connection = ConnectionTo(settings, address, isOneOfSeveral);
        source = new MySqlDataSourceBuilder(connection.ConnectionString)
            .UseConnectionOpenedCallback((context, cancellationToken) => context.Conditions.HasFlag(MySqlConnectionOpenedConditions.New)
                ? prepare(context.Connection, cancellationToken)
                : default)
            .Build();
        WithoutDatabase = new MySqlConnectionStringBuilder(connection.ConnectionString) { Database = "" }.ConnectionString;
        question = new MySqlConnectionStringBuilder(WithoutDatabase)
        {
            Pooling = false,
            ConnectionTimeout = QuestionSeconds,
            DefaultCommandTimeout = QuestionSeconds,
            CancellationTimeout = -1,
        }.ConnectionString;
    }

    public MySqlAddress Address { get; }

    /// <summary>The connection string of a server whose database does not exist yet.</summary>
    public string WithoutDatabase { get; }

    public ValueTask<MySqlConnection> OpenAsync(CancellationToken cancellationToken) => source.OpenConnectionAsync(cancellationToken);

    /// <summary>Idle connections are closed; those in use are not given back to the pool.</summary>
    public async ValueTask ForgetConnectionsAsync()
    {
        await using var connection = source.CreateConnection();
        await MySqlConnection.ClearPoolAsync(connection);
    }

    /// <summary>Asks the server what it is, on a connection of its own: one of the pool may be dead without knowing it.</summary>
    public async Task<ServerRole> AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new MySqlConnection(question);
            await connection.OpenAsync(cancellationToken);
            return connection.ServerVersion.Contains("MariaDB", StringComparison.OrdinalIgnoreCase)
                ? await AskMariaDbAsync(connection, cancellationToken)
                : await AskMySqlAsync(connection, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Whatever it is that keeps it from answering, its like would keep it from working.
            return ServerRole.None;
        }
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();

    /// <summary>
    /// A member of a group (Group Replication) has to be its primary and to see a majority: one that was cut off calls itself primary
    /// on. A server that knows of no group takes writes unless it is set to read only.
    /// https://dev.mysql.com/doc/refman/8.4/en/performance-schema-replication-group-members-table.html
    /// </summary>
    private static async Task<ServerRole> AskMySqlAsync(MySqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = """
            select @@global.read_only or @@global.super_read_only, count(*),
              coalesce(sum(member_id = @@server_uuid and member_state = 'ONLINE' and member_role = 'PRIMARY'), 0),
              coalesce(sum(member_state in ('ONLINE', 'RECOVERING')), 0),
              coalesce(sum(member_role = 'PRIMARY'), 0)
            from performance_schema.replication_group_members
            """;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken) || reader.GetInt64(0) != 0) return ServerRole.None;
        var (members, isPrimary, reached, primaries) = (reader.GetInt64(1), reader.GetInt64(2) == 1, reader.GetInt64(3), reader.GetInt64(4));
        if (members == 0) return ServerRole.Writable;
        if (!isPrimary || reached * 2 <= members) return ServerRole.None;
        return primaries == 1 ? ServerRole.OnlyPrimary : ServerRole.Writable;
    }

    /// <summary>
    /// A node of a Galera cluster takes writes while it is ready, which it is in the part of the cluster that has a majority.
    /// https://galeracluster.com/library/documentation/galera-status-variables.html
    /// </summary>
    private static async Task<ServerRole> AskMariaDbAsync(MySqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = """
            select variable_name, variable_value from information_schema.global_variables where variable_name in ('READ_ONLY', 'WSREP_ON')
            union all
            select variable_name, variable_value from information_schema.global_status where variable_name in ('WSREP_READY', 'WSREP_CLUSTER_STATUS')
            """;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await reader.ReadAsync(cancellationToken)) values[reader.GetString(0)] = reader.GetString(1);
        if (Is("READ_ONLY", "ON")) return ServerRole.None;
        return !Is("WSREP_ON", "ON") || (Is("WSREP_READY", "ON") && Is("WSREP_CLUSTER_STATUS", "Primary")) ? ServerRole.Writable : ServerRole.None;

        bool Is(string name, string value) => string.Equals(values.GetValueOrDefault(name), value, StringComparison.OrdinalIgnoreCase);
    }

    private static MySqlConnectionStringBuilder ConnectionTo(MySqlSettings settings, MySqlAddress address, bool isOneOfSeveral)
    {
        var connection = new MySqlConnectionStringBuilder
        {
            Server = address.Host,
            Port = (uint)address.Port,
            UserID = settings.User,
            Password = settings.Password,
            Database = settings.Database,
            ConnectionTimeout = isOneOfSeveral ? 3u : 5u,
            DefaultCommandTimeout = isOneOfSeveral ? 5u : 30u,
            CancellationTimeout = 1,
            // No command leaves anything in the session: a round trip saved each time a connection is taken from the pool.
            ConnectionReset = false,
            // Hosted servers drop what is idle for a minute.
            ConnectionIdleTimeout = 30,
            // Whoever stands between could give a key of his own: only where nobody can.
            AllowPublicKeyRetrieval = IsThisMachine(address.Host),
        };
        if (settings.CertificateAuthority is { } file)
        {
            connection.SslMode = MySqlSslMode.VerifyFull;
            connection.SslCa = file;
        }
        return connection;
    }

    private static bool IsThisMachine(string host) =>
        host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
