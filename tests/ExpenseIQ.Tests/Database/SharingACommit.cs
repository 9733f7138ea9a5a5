using ExpenseIQ.Database;
using ExpenseIQ.Database.Dialects;
using Microsoft.Data.Sqlite;

namespace ExpenseIQ.Tests.Database;

/// <summary>SQLite's writers, who share a commit when they wait for each other.</summary>
[Trait("Engine", "none")]
public sealed class SharingACommit : IAsyncLifetime
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("expenseiq-commits-");
    private SqliteDialect dialect;

    public SharingACommit() => dialect = New(Long);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await dialect.CreateAsync(Token);
        await WriteAsync("create table notes (writer integer primary key)");
    }

    public async ValueTask DisposeAsync()
    {
        await dialect.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Nobody_is_answered_before_all_of_it_is_stored()
    {
        var (first, second) = await BeginTwoAsync();
        await second.Session.ExecuteAsync("insert into notes (writer) values (2)");
        Assert.False(first.IsCompleted);
        Assert.Empty(await NotesAsync());

        await second.CommitAsync();
        await first;
        Assert.Equal([1, 2], await NotesAsync());
    }

    [Fact]
    public async Task What_one_undoes_is_only_its_own()
    {
        var (first, second) = await BeginTwoAsync();
        await second.Session.ExecuteAsync("insert into notes (writer) values (2)");
        await second.RollBackAsync();
        await first;
        Assert.Equal([1], await NotesAsync());
    }

    [Fact]
    public async Task What_fails_is_undone_and_the_others_stay()
    {
        var (first, second) = await BeginTwoAsync();
        await second.Session.ExecuteAsync("insert into notes (writer) values (2)");
        var failure = await Assert.ThrowsAsync<SqliteException>(() => second.Session.ExecuteAsync("insert into notes (writer) values (1)"));
        await second.FailAsync(failure);
        await first;
        Assert.Equal([1], await NotesAsync());
    }

    [Fact]
    public async Task What_undoes_the_whole_transaction_fails_all_of_them()
    {
        var (first, second) = await BeginTwoAsync();
        // A conflict that makes SQLite roll everything back, as a full disk does.
        var failure = await Assert.ThrowsAsync<SqliteException>(() => second.Session.ExecuteAsync("insert or rollback into notes (writer) values (1)"));
        await second.FailAsync(failure);
        Assert.Same(failure, await Assert.ThrowsAsync<SqliteException>(() => first));
        Assert.Empty(await NotesAsync());

        await WriteAsync("insert into notes (writer) values (3)");
        Assert.Equal([3], await NotesAsync());
    }

    [Fact]
    public async Task Whoever_hangs_up_while_waiting_leaves_no_commit_undone()
    {
        using var gone = new CancellationTokenSource();
        var turn = await dialect.BeginAsync(Token);
        await turn.Session.ExecuteAsync("insert into notes (writer) values (1)");
        var waiting = dialect.BeginAsync(gone.Token).AsTask();
        await gone.CancelAsync();
        await turn.CommitAsync().WaitAsync(Long, Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal([1], await NotesAsync());
        await WriteAsync("insert into notes (writer) values (3)");
        Assert.Equal([1, 3], await NotesAsync());
    }

    [Fact]
    public async Task Nobody_joins_a_transaction_that_is_too_old()
    {
        await dialect.DisposeAsync();
        dialect = New(TimeSpan.Zero);
        var (first, second) = await BeginTwoAsync();
        await first;
        Assert.Equal([1], await NotesAsync());
        await second.CommitAsync();
    }

    /// <summary>Two writers of whom the first is done, with a note, and the second has its turn.</summary>
    private async Task<(Task First, WriteTurn Second)> BeginTwoAsync()
    {
        var first = await dialect.BeginAsync(Token);
        await first.Session.ExecuteAsync("insert into notes (writer) values (1)");
        var waiting = dialect.BeginAsync(Token).AsTask();
        Assert.False(waiting.IsCompleted);
        var commit = first.CommitAsync();
        return (commit, await waiting);
    }

    private async Task WriteAsync(string sql)
    {
        var turn = await dialect.BeginAsync(Token);
        await turn.Session.ExecuteAsync(sql);
        await turn.CommitAsync();
    }

    private Task<List<int>> NotesAsync() => new ExpenseDatabase(dialect, new Outage(Outage.UsualPatience))
        .ListAsync($"select writer from notes order by writer", row => row.GetInt32(0), Token);

    private SqliteDialect New(TimeSpan sharing) => new(Path.Combine(folder.FullName, "notes.db"), sharing);
}
