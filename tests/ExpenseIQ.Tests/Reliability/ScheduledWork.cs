using ExpenseIQ.Database;
using ExpenseIQ.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace ExpenseIQ.Tests.Reliability;

public sealed class ScheduledWork
{
    private static readonly DateTime Now = new(2024, 11, 5, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public async Task Is_done_once_by_whichever_instance_and_again_when_it_is_due()
    {
        await using var database = await NewAsync();
        foreach (var now in new[] { Now, Now.AddDays(1) })
        {
            var done = 0;
            var instances = Enumerable.Range(0, 8).Select(_ => database.NewInstance()).ToList();
            var answers = await Task.WhenAll(instances.Select(instance => Task.Run(async () =>
            {
                await using var scope = instance.CreateAsyncScope();
                return await scope.ServiceProvider.GetRequiredService<ExpenseDatabase>().RunIfDueAsync(
                    "work",
                    TimeSpan.FromDays(1),
                    now,
                    () =>
                    {
                        Interlocked.Increment(ref done);
                        return Task.CompletedTask;
                    },
                    CancellationToken.None);
            })));
            Assert.Equal(1, done);
            Assert.Single(answers, true);
            foreach (var instance in instances) await instance.DisposeAsync();
        }
    }

    [Fact]
    public async Task Stays_due_where_it_fails()
    {
        await using var database = await NewAsync();
        await Assert.ThrowsAsync<InvalidDataException>(() => RunAsync(database, () => throw new InvalidDataException()));
        Assert.True(await RunAsync(database, () => Task.CompletedTask));
        Assert.False(await RunAsync(database, () => Task.CompletedTask));
    }

    private static async Task<ScratchDatabase> NewAsync()
    {
        var database = new ScratchDatabase();
        await database.MigrateAsync();
        await database.ExecuteAsync("insert into schedule (name, done_at) values ('work', '2000-01-01 00:00:00.000')");
        return database;
    }

    private static Task<bool> RunAsync(ScratchDatabase database, Func<Task> work) =>
        database.WithAsync(instance => instance.RunIfDueAsync("work", TimeSpan.FromDays(1), Now, work, CancellationToken.None));
}
