using System.Data.Common;

namespace ExpenseIQ.Database.Dialects;

/// <summary>A transaction on a connection of its own, beside those of others: what a database server is for.</summary>
internal sealed class OwnTransaction : WriteTurn
{
    private readonly Dialect dialect;

    private OwnTransaction(Dialect dialect, Session session)
        : base(session) => this.dialect = dialect;

    public static async ValueTask<WriteTurn> BeginAsync(Dialect dialect, CancellationToken cancellationToken)
    {
        var session = await dialect.RentAsync(cancellationToken);
        var transaction = new OwnTransaction(dialect, session);
        try
        {
            await session.ExecuteAsync("start transaction");
            return transaction;
        }
        catch (Exception exception)
        {
            await transaction.FailAsync(exception);
            throw;
        }
    }

    public override Task CommitAsync() => EndAsync("commit");

    public override Task RollBackAsync() => EndAsync("rollback");

    /// <summary>Ends the transaction where the connection can still do so; where it can't, the database does when it is closed.</summary>
    public override async Task FailAsync(Exception exception)
    {
        try
        {
            if (dialect.TroubleOf(exception) != DatabaseTrouble.Away) await Session.ExecuteAsync("rollback");
        }
        catch (Exception failure) when (failure is DbException or InvalidOperationException)
        {
            // There was no transaction, or the connection is lost: what failed before is what counts.
        }
        await dialect.DropAsync(Session, exception);
    }

    private async Task EndAsync(string how)
    {
        await Session.ExecuteAsync(how);
        await dialect.ReturnAsync(Session);
    }
}
