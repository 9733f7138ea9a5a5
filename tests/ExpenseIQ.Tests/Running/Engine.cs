using ExpenseIQ.Database;

namespace ExpenseIQ.Tests.Running;

/// <summary>The database engine that this run is on. A server that is asked for and missing fails the tests; none is skipped.</summary>
internal static class Engine
{
    private const string EngineVariable = "EXPENSEIQ_TEST_ENGINE";
    private const string ServerVariable = "EXPENSEIQ_TEST_SERVER";

    public static string Name { get; } = Environment.GetEnvironmentVariable(EngineVariable) switch
    {
        null or "" or "sqlite" => "sqlite",
        "mariadb" => "mariadb",
        "mysql" => "mysql",
        var other => throw new InvalidOperationException($"{EngineVariable} is {other}; sqlite, mariadb or mysql is expected."),
    };

    public static bool IsEmbedded => Name == "sqlite";

    /// <summary>A database of that name on the server of this run.</summary>
    public static MySqlSettings Server(string database)
    {
        var address = Environment.GetEnvironmentVariable(ServerVariable)
            ?? throw new InvalidOperationException($"{ServerVariable} is not set; mysql://app:password@127.0.0.1:port is expected.");
        return Settings.Read(name => name switch
        {
            "DATABASE_URL" => $"{address.TrimEnd('/')}/{database}",
            "ASPNETCORE_ENVIRONMENT" => "Development",
            _ => null,
        }).MySql!;
    }
}
