using System.Collections.Concurrent;
using System.Globalization;
using ExpenseIQ.Tests.Running;

namespace ExpenseIQ.Tests.Database;

/// <summary>Commands that write at the same time: each is stored or undone as a whole, whatever becomes of the others.</summary>
public sealed class ManyWriters : IAsyncLifetime
{
    private const int Writers = 60;

    private readonly ScratchDatabase database = new();

    public async ValueTask InitializeAsync()
    {
        await database.MigrateAsync();
        await database.ExecuteAsync("create table notes (writer bigint primary key)");
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task Each_keeps_or_undoes_its_own_and_is_stored_when_it_is_answered()
    {
        var missing = new ConcurrentBag<int>();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(number => Task.Run(() => RunAsync(number, missing))));

        Assert.Empty(missing);
        var kept = await database.QueryAsync("select writer from notes order by writer");
        Assert.Equal(Enumerable.Range(0, Writers).Where(number => number % 3 == 0), kept.Select(row => int.Parse(row[0]!, CultureInfo.InvariantCulture)));
    }

    /// <summary>A third is kept, a third abandoned, a third fails after it wrote.</summary>
    private async Task RunAsync(int number, ConcurrentBag<int> missing)
    {
        try
        {
            await database.WithAsync(store => store.WriteAsync(
                async write =>
                {
                    await store.ExecuteAsync($"insert into notes (writer) values ({number})", TestContext.Current.CancellationToken);
                    await Task.Yield();
                    if (number % 3 == 2) throw new InvalidDataException("The command fails.");
                    return number % 3 == 0 || write.Abandon(false);
                },
                TestContext.Current.CancellationToken));
        }
        catch (InvalidDataException)
        {
            return;
        }
        var isThere = await database.ScalarAsync($"select count(*) from notes where writer = {number}") == "1";
        if (isThere != (number % 3 == 0)) missing.Add(number);
    }
}
