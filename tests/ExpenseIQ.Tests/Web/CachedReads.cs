using System.Globalization;
using ExpenseIQ.Database;
using ExpenseIQ.Domain;
using ExpenseIQ.Features.Expenses;
using ExpenseIQ.Tests.Running;

namespace ExpenseIQ.Tests.Web;

/// <summary>What is kept in memory or in the browser is never older than the data, whoever changed it.</summary>
public sealed class CachedReads(SharedApp shared)
{
    private static readonly DateTime Now = new(2024, 11, 15, 12, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task What_another_instance_wrote_is_seen_at_once(int megabytes)
    {
        await using var app = await shared.StartAnotherAsync(change: settings => settings with { CacheMegabytes = megabytes });
        using var owner = await app.OpenAsNewUserAsync();
        var user = (await app.UserOfAsync(owner)).Id;
        for (var count = 1; count <= 3; count++)
        {
            // Straight to the database, past the instance that answers.
            await shared.Database.WithAsync(database => database.AddExpenseAsync(
                user, new ExpenseInput(new Money(1000), 1, "tea", new DateOnly(2024, 11, count)), ExpenseForm.NewSubmission(), Now, CancellationToken.None));
            for (var again = 0; again < 2; again++)
            {
                Assert.Equal($"{count}", (await owner.GetAsync("/expenses")).TextOf("#count"));
                Assert.Equal($"{count}", (await owner.GetAsync("/expenses?search=TEA&sort=amount_asc")).TextOf("#count"));
                var analytics = await owner.GetAsync("/api/analytics?month=2024-11");
                Assert.Equal(count * 10m, analytics.Json.GetProperty("month_total").GetDecimal());
                Assert.Contains($"${count * 10}.00", (await owner.GetAsync("/dashboard?month=2024-11")).TextOf("#month-total"), StringComparison.Ordinal);
            }
        }
        await shared.Database.WithAsync(database =>
            database.WriteAsync(_ => database.InsertAsync($"insert into categories (user_id, name) values ({user}, {"Hobby"})", CancellationToken.None), CancellationToken.None));
        await shared.Database.ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"update ledgers set version = version + 1 where user_id = {user}"));
        Assert.Contains("Hobby", (await owner.GetAsync("/expenses/add")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_is_shown_what_was_kept_for_somebody_else()
    {
        using var one = await shared.App.OpenAsNewUserAsync();
        using var other = await shared.App.OpenAsNewUserAsync();
        await one.AddExpenseAsync("12.50", "2024-11-05");
        await other.AddExpenseAsync("99.00", "2024-11-05");
        foreach (var path in new[] { "/expenses", "/dashboard?month=2024-11", "/api/analytics?month=2024-11" })
        {
            Assert.DoesNotContain("99.00", (await one.GetAsync(path)).Text, StringComparison.Ordinal);
            Assert.DoesNotContain("12.50", (await other.GetAsync(path)).Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_dashboard_that_did_not_change_is_not_sent_again()
    {
        using var owner = await shared.App.OpenAsNewUserAsync();
        await owner.AddExpenseAsync("12.50", "2024-11-05");
        var first = (await owner.GetAsync("/dashboard?month=2024-11")).MustBe(200);
        Assert.Equal("no-cache, private", first.Headers["Cache-Control"]);
        var again = (await owner.GetAsync("/dashboard?month=2024-11", ("If-None-Match", first.Headers["ETag"]))).MustBe(304);
        Assert.Empty(again.Body);
        (await owner.GetAsync("/dashboard?month=2024-10", ("If-None-Match", first.Headers["ETag"]))).MustBe(200);

        await owner.AddExpenseAsync("1.00", "2024-11-05");
        (await owner.GetAsync("/dashboard?month=2024-11", ("If-None-Match", first.Headers["ETag"]))).MustBe(200);
    }

    [Fact]
    public async Task A_dashboard_is_sent_again_where_its_forms_would_not_work_any_more()
    {
        using var owner = await shared.App.OpenAsNewUserAsync();
        await owner.AddExpenseAsync("12.50", "2024-11-05");
        var first = await owner.GetAsync("/dashboard");
        foreach (System.Net.Cookie cookie in owner.Cookies.GetAllCookies())
        {
            if (cookie.Name == "expenseiq-form") cookie.Expired = true;
        }
        var fresh = (await owner.GetAsync("/dashboard", ("If-None-Match", first.Headers["ETag"]))).MustBe(200);
        Assert.NotEqual(first.Headers["ETag"], fresh.Headers["ETag"]);
    }

    [Fact]
    public async Task The_signed_in_person_is_told_who_that_is()
    {
        using var owner = await shared.App.OpenAsNewUserAsync("de-DE");
        var me = (await owner.GetAsync("/api/me")).MustBe(200);
        Assert.Equal((owner.Username, "de-DE", "EUR"), (me.Json.GetProperty("username").GetString(), me.Json.GetProperty("locale").GetString(), me.Json.GetProperty("currency").GetString()));
        using var stranger = shared.App.Open();
        Assert.Equal("application/problem+json", (await stranger.GetAsync("/api/me")).MustBe(401).MediaType);
    }
}
