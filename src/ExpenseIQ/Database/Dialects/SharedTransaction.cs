using System.Data.Common;
using System.Diagnostics;

namespace ExpenseIQ.Database.Dialects;

/// <summary>
/// One writer at a time, and one commit for those who wait for each other (group commit). Each commit waits for the disk, and that is
/// most of what a small write costs; so whoever is done while others wait leaves the transaction to the next, and the last commits for
/// all. Nobody is answered before that. Each has a savepoint of its own: what one undoes is only its own. What undoes all of them, such
/// as a full disk, fails all of them.
/// </summary>
/// <param name="connect">Opens the connection of all of them: who always writes on the same one finds what it read last time still true.</param>
/// <param name="longest">Who comes when a transaction is older than this begins a new one: nobody waits long for others.</param>
internal sealed class SharedTransaction(Func<Task<Session>> connect, TimeSpan longest) : IAsyncDisposable
{
    /// <summary>How many share a commit at most.</summary>
    private const int Most = 32;

    private readonly SemaphoreSlim turn = new(1);
    private Session? session;
    private Group? open;
    private int waiting;

    /// <summary>
    /// Waits for the turn, however long the others take: whoever went away meanwhile has to take it nevertheless, since the one before
    /// may have left the commit to it.
    /// </summary>
    public async ValueTask<WriteTurn> BeginAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref waiting);
        await turn.WaitAsync(CancellationToken.None);
        Interlocked.Decrement(ref waiting);
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (open is not null && (open.Members >= Most || open.Age >= longest)) await CommitAsync();
            session ??= await connect();
            var isFirst = open is null;
            open ??= new Group();
            await session.ExecuteAsync(isFirst ? "begin immediate" : "savepoint turn");
            return new Turn(this, session, open, isFirst);
        }
        catch (Exception exception)
        {
            if (IsOfTheDatabase(exception) && open is not null) await GiveUpAsync(exception);
            await LeaveAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        turn.Dispose();
        if (session is not null) await session.DisposeAsync();
    }

    /// <summary>Commits unless the next one will.</summary>
    private async Task LeaveAsync()
    {
        if (open is not null && Volatile.Read(ref waiting) == 0) await CommitAsync();
        turn.Release();
    }

    private async Task CommitAsync()
    {
        try
        {
            await session!.ExecuteAsync("commit");
            open!.Landed.SetResult();
            open = null;
        }
        catch (Exception exception) when (IsOfTheDatabase(exception))
        {
            await GiveUpAsync(exception);
        }
    }

    /// <summary>Undoes what the first wrote, and nobody else did yet.</summary>
    private async Task RollBackAsync()
    {
        await session!.ExecuteAsync("rollback");
        open = null;
    }

    /// <summary>Fails everybody in the transaction; closing its connection undoes what was written.</summary>
    private async Task GiveUpAsync(Exception exception)
    {
        var (group, connection) = (open!, session!);
        (open, session) = (null, null);
        await connection.DisposeAsync();
        group.Landed.SetException(exception);
        // Whoever is in it hears of it; it may be nobody.
        _ = group.Landed.Task.Exception;
    }

    private static bool IsOfTheDatabase(Exception exception) => exception is DbException or InvalidOperationException;

    private sealed class Group
    {
        private readonly long start = Stopwatch.GetTimestamp();

        /// <summary>Done once the commit is on the disk.</summary>
        public TaskCompletionSource Landed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Members { get; set; }

        public TimeSpan Age => Stopwatch.GetElapsedTime(start);
    }

    private sealed class Turn(SharedTransaction shared, Session session, Group group, bool isFirst) : WriteTurn(session)
    {
        private bool isOver;

        public override async Task CommitAsync()
        {
            if (!isFirst) await Session.ExecuteAsync("release turn");
            isOver = true;
            group.Members++;
            await shared.LeaveAsync();
            await group.Landed.Task;
        }

        public override async Task RollBackAsync()
        {
            await UndoAsync();
            isOver = true;
            await shared.LeaveAsync();
        }

        public override async Task FailAsync(Exception exception)
        {
            if (isOver) return; // the commit failed, for all
            try
            {
                await UndoAsync();
            }
            catch (Exception failure) when (IsOfTheDatabase(failure))
            {
                // The database undid the whole transaction.
                await shared.GiveUpAsync(exception);
            }
            isOver = true;
            await shared.LeaveAsync();
        }

        private Task UndoAsync() => isFirst ? shared.RollBackAsync() : Session.ExecuteAsync("rollback to turn; release turn");
    }
}
