using ExpenseIQ.Tests.Running;
using Microsoft.Extensions.Time.Testing;

namespace ExpenseIQ.Tests.Features.Expenses;

public sealed class ForgettingSubmissions
{
    [Fact]
    public async Task Forms_of_more_than_a_week_ago_are_forgotten_and_newer_ones_kept()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2024, 11, 15, 12, 0, 0, TimeSpan.Zero));
        await using var database = new ScratchDatabase();
        await using var app = await RunningApp.StartAsync(database.Settings, clock);
        using var browser = await app.OpenAsNewUserAsync();
        await browser.AddExpenseAsync("1", "2024-11-05");
        for (var day = 0; day < 6; day++) clock.Advance(TimeSpan.FromDays(1));
        await browser.SignInAsync(browser.Username);
        await browser.AddExpenseAsync("2", "2024-11-05");
        Assert.Equal("2", await database.ScalarAsync("select count(*) from submissions"));
        clock.Advance(TimeSpan.FromDays(1));
        clock.Advance(TimeSpan.FromDays(1));

        // The sweep runs beside the requests: ask until it has.
        for (var patience = 0; patience < 200 && await database.ScalarAsync("select count(*) from submissions") == "2"; patience++)
            await Task.Delay(25, TestContext.Current.CancellationToken);
        Assert.Equal("1", await database.ScalarAsync("select count(*) from submissions"));
    }
}
