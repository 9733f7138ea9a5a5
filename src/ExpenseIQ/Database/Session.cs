using System.Data.Common;

namespace ExpenseIQ.Database;

/// <summary>An open connection and the statements that are prepared on it.</summary>
/// <param name="keepsStatements">Whether a statement is prepared once and kept, by its text.</param>
/// <param name="toParameter">How the driver takes a value.</param>
public sealed class Session(DbConnection connection, bool keepsStatements, Func<object, object> toParameter) : IAsyncDisposable
{
    /// <summary>How many statements are kept; the filters of the list can be put together in many ways.</summary>
    private const int MostStatements = 100;

    private readonly Dictionary<string, DbCommand> statements = new(StringComparer.Ordinal);

    public DbConnection Connection => connection;

    /// <summary>Where the connection leads, in the words of the dialect that opened it.</summary>
    public object? Source { get; init; }

    /// <summary>The statement, ready to run. It belongs to the session: whoever runs it does not dispose it.</summary>
    public DbCommand Prepare(Sql sql)
    {
        var text = sql.ToString();
        if (keepsStatements && statements.TryGetValue(text, out var known))
        {
            for (var index = 0; index < sql.Values.Count; index++) known.Parameters[index].Value = toParameter(sql.Values[index]);
            return known;
        }
        var command = connection.CreateCommand();
        command.CommandText = text;
        for (var index = 0; index < sql.Values.Count; index++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = Sql.NameOf(index);
            parameter.Value = toParameter(sql.Values[index]);
            command.Parameters.Add(parameter);
        }
        if (!keepsStatements) return command;
        if (statements.Count >= MostStatements) Forget();
        command.Prepare();
        statements.Add(text, command);
        return command;
    }

    /// <summary>Runs a statement without values that answers nothing; it is not interrupted.</summary>
    /// <exception cref="DbException">The database refused or did not answer.</exception>
    public Task ExecuteAsync(string text) => Prepare(Sql.Raw(text)).ExecuteNonQueryAsync(CancellationToken.None);

    public ValueTask DisposeAsync()
    {
        Forget();
        return connection.DisposeAsync();
    }

    private void Forget()
    {
        foreach (var command in statements.Values) command.Dispose();
        statements.Clear();
    }
}
