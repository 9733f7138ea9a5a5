using CsCheck;
using ExpenseIQ.Database;
using ExpenseIQ.Domain;
using ExpenseIQ.Features.Analytics;
using ExpenseIQ.Features.Expenses;
using ExpenseIQ.Tests.Running;

namespace ExpenseIQ.Tests.Features.Expenses;

/// <summary>Whatever a person does, and however many at once: the totals are those of the rows.</summary>
public sealed class KeepingTotals(MigratedDatabase migrated) : IClassFixture<MigratedDatabase>
{
    private static readonly DateOnly Today = new(2024, 11, 15);
    private static readonly DateTime Now = new(2024, 11, 15, 12, 0, 0, DateTimeKind.Utc);

    private static readonly Gen<ExpenseInput> AnyInput = Gen.Select(
        Gen.OneOf(Gen.Long[1, 5000], Gen.Long[1, Money.Largest.Minor]),
        Gen.Long[1, 4],
        Gen.OneOf(Gen.Const(""), Gen.Const("tea"), Gen.Const("Café")),
        Gen.OneOf(Gen.Int[0, 500], Gen.Int[0, 40])).Select((minor, category, text, days) => new ExpenseInput(new Money(minor), category, text, Today.AddDays(-days)));

    /// <summary>Adds where there is no input's target yet; otherwise edits or deletes the row that Which points at.</summary>
    private static readonly Gen<(int Kind, int Which, ExpenseInput Input)> AnyStep = Gen.Select(Gen.Int[0, 9], Gen.Int[0, 1000], AnyInput);

    private static readonly string[][] Searches = [[], [], ["te"], ["cafe"], ["a", "f"], ["%"]];

    private static readonly Gen<ExpenseFilter> AnyFilter = Gen.Select(
        Maybe(Gen.Int[0, 500]),
        Maybe(Gen.Int[0, 500]),
        Gen.Long[1, 5].Array[0, 3],
        Maybe(Gen.OneOf(Gen.Long[0, 5000], Gen.Long[0, Money.Largest.Minor])),
        Maybe(Gen.OneOf(Gen.Long[0, 5000], Gen.Long[0, Money.Largest.Minor])),
        Gen.Int[0, 5].Select(which => Searches[which]),
        Gen.Enum<ExpenseSort>()).Select((from, to, categories, least, most, words, sort) => new ExpenseFilter
        {
            From = from is { } first ? Today.AddDays((int)-first) : null,
            To = to is { } last ? Today.AddDays((int)-last) : null,
            CategoryIds = [.. categories.Distinct()],
            Least = least is { } low ? new Money(low) : null,
            Most = most is { } high ? new Money(high) : null,
            Words = words,
            Sort = sort,
        });

    private ScratchDatabase Database => migrated.Database;

    [Fact]
    public Task After_any_steps_all_figures_equal_a_plain_recomputation() => AnyStep.Array[1, 30].SampleAsync(
        async steps =>
        {
            var user = await Database.AddUserAsync();
            var model = new Dictionary<long, ExpenseInput>();
            foreach (var step in steps) await DoAsync(user, step, model);

            await AgreesAsync(user, model);
            Assert.Empty(await Database.VerifyAsync());
        },
        iter: 20,
        threads: 1);

    [Fact]
    public async Task Sixteen_writers_at_once_on_one_month_lose_nothing()
    {
        const int writers = 16;
        const int each = 6;
        var user = await Database.AddUserAsync();
        await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
        {
            for (var index = 1; index <= each; index++)
            {
                var input = new ExpenseInput(new Money(writer * 100 + index), 1 + writer % 3, $"{writer}", new DateOnly(2024, 11, 1 + index));
                Assert.Equal(SaveResult.Saved, await Database.WithAsync(database => database.AddExpenseAsync(user, input, Guid.NewGuid().ToString(), Now, CancellationToken.None)));
            }
        })));
        var expected = Enumerable.Range(0, writers).SelectMany(writer => Enumerable.Range(1, each).Select(index => (long)writer * 100 + index)).ToList();
        var analytics = await Database.WithAsync(database => database.AnalyseAsync(user, new Month(202411), Today, CancellationToken.None));
        Assert.Equal(expected.Sum(), analytics.MonthTotal.Minor);
        Assert.Equal($"{expected.Count}", await Database.ScalarAsync($"select expense_count from ledgers where user_id = {user}"));
        Assert.Empty(await Database.VerifyAsync());
    }

    [Fact]
    public async Task Writers_at_once_that_add_change_and_delete_leave_the_books_right()
    {
        var user = await Database.AddUserAsync();
        var another = await Database.AddUserAsync();
        await Task.WhenAll(Enumerable.Range(0, 16).Select(writer => Task.Run(async () =>
        {
            var random = new Random(writer);
            var owner = writer % 4 == 0 ? another : user;
            for (var step = 0; step < 6; step++)
            {
                var input = new ExpenseInput(new Money(random.Next(1, 1000)), random.Next(1, 4), "", new DateOnly(2024, random.Next(10, 12), random.Next(1, 28)));
                var ids = await IdsAsync(owner);
                var id = ids.Count > 0 ? ids[random.Next(ids.Count)] : 0;
                _ = await Database.WithAsync(database => (random.Next(4), id) switch
                {
                    (0, > 0) => database.DeleteExpenseAsync(owner, id, ExpenseForm.NewSubmission(), Now, CancellationToken.None),
                    (1, > 0) => database.ChangeExpenseAsync(owner, id, null, input, ExpenseForm.NewSubmission(), Now, CancellationToken.None),
                    _ => database.AddExpenseAsync(owner, input, ExpenseForm.NewSubmission(), Now, CancellationToken.None),
                });
            }
        })));
        Assert.Empty(await Database.VerifyAsync());
    }

    [Fact]
    public async Task Writers_who_hang_up_leave_no_transaction_open()
    {
        var user = await Database.AddUserAsync();
        var input = new ExpenseInput(new Money(100), 1, "tea", Today);
        await Task.WhenAll(Enumerable.Range(0, 16).Select(writer => Task.Run(async () =>
        {
            for (var step = 0; step < 12; step++)
            {
                using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds((writer + step * 3) % 20));
                try
                {
                    await Database.WithAsync(database => database.AddExpenseAsync(user, input, ExpenseForm.NewSubmission(), Now, patience.Token));
                }
                catch (OperationCanceledException)
                {
                    // As when a browser is closed.
                }
            }
        })));
        var saved = Database.WithAsync(database => database.AddExpenseAsync(user, input, ExpenseForm.NewSubmission(), Now, CancellationToken.None));
        Assert.Equal(SaveResult.Saved, await saved.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
        Assert.Empty(await Database.VerifyAsync());
    }

    [Fact]
    public async Task A_change_that_fails_leaves_nothing_behind()
    {
        var user = await Database.AddUserAsync();
        var input = new ExpenseInput(new Money(100), 424242, "", Today);
        Assert.Equal(SaveResult.NoSuchCategory, await Database.WithAsync(database => database.AddExpenseAsync(user, input, ExpenseForm.NewSubmission(), Now, CancellationToken.None)));
        Assert.Equal(SaveResult.NotFound, await Database.WithAsync(database => database.ChangeExpenseAsync(user, 424242, null, input, ExpenseForm.NewSubmission(), Now, CancellationToken.None)));
        Assert.Equal(SaveResult.NotFound, await Database.WithAsync(database => database.DeleteExpenseAsync(user, 424242, ExpenseForm.NewSubmission(), Now, CancellationToken.None)));
        Assert.Equal(["0", "0", "0"], Assert.Single(await Database.QueryAsync($"select version, expense_count, total_minor from ledgers where user_id = {user}")));
        Assert.Null(await Database.ScalarAsync($"select submission_key from submissions where user_id = {user}"));
    }

    private async Task DoAsync(long user, (int Kind, int Which, ExpenseInput Input) step, Dictionary<long, ExpenseInput> model)
    {
        var id = model.Count > 0 ? model.Keys.ElementAt(step.Which % model.Count) : 0;
        switch (step.Kind)
        {
            case < 3 when id > 0:
                // Another amount, month or category, one of them or all.
                var old = model[id];
                var changed = step.Kind switch
                {
                    0 => step.Input,
                    1 => old with { Date = step.Input.Date },
                    _ => old with { CategoryId = step.Input.CategoryId },
                };
                Assert.Equal(SaveResult.Saved, await Database.WithAsync(database => database.ChangeExpenseAsync(user, id, null, changed, ExpenseForm.NewSubmission(), Now, CancellationToken.None)));
                model[id] = changed;
                break;
            case < 6 when id > 0:
                Assert.Equal(SaveResult.Saved, await Database.WithAsync(database => database.DeleteExpenseAsync(user, id, ExpenseForm.NewSubmission(), Now, CancellationToken.None)));
                model.Remove(id);
                break;
            default:
                Assert.Equal(SaveResult.Saved, await Database.WithAsync(database => database.AddExpenseAsync(user, step.Input, ExpenseForm.NewSubmission(), Now, CancellationToken.None)));
                model[(await IdsAsync(user)).Max()] = step.Input;
                break;
        }
    }

    private async Task AgreesAsync(long user, Dictionary<long, ExpenseInput> model)
    {
        var month = Month.Of(Today);
        var analytics = await Database.WithAsync(database => database.AnalyseAsync(user, month, Today, CancellationToken.None));
        var monthly = model.Values.GroupBy(row => Month.Of(row.Date)).OrderByDescending(rows => rows.Key.Number).Take(12).Reverse()
            .Select(rows => new MonthSum(rows.Key, new Money(rows.Sum(row => row.Amount.Minor))));
        Assert.Equal(monthly, analytics.Monthly);
        var categories = model.Values.Where(row => Month.Of(row.Date) == month).GroupBy(row => row.CategoryId)
            .Select(rows => (Id: rows.Key, Total: rows.Sum(row => row.Amount.Minor))).OrderByDescending(sum => sum.Total).ThenBy(sum => sum.Id);
        Assert.Equal(categories, analytics.Categories.Select(sum => (sum.Id, sum.Total.Minor)));
        var recent = model.OrderByDescending(row => row.Value.Date).ThenByDescending(row => row.Key).Take(5).Select(row => row.Key);
        Assert.Equal(recent, analytics.Recent.Select(row => row.Id));

        foreach (var filter in AnyFilter.Array[8].Single())
        {
            var rows = model.Where(row => Selects(filter, row.Value)).ToList();
            var page = await Database.WithAsync(database => database.ListExpensesAsync(
                user, filter, place: null, ExpenseQueries.PageSize, new ExpenseTotal(model.Count, new Money(model.Values.Sum(row => row.Amount.Minor))), CancellationToken.None));
            Assert.Equal(new ExpenseTotal(rows.Count, new Money(rows.Sum(row => row.Value.Amount.Minor))), page.Total);
            var keys = rows.Select(row => (Key: filter.SortsByAmount ? row.Value.Amount.Minor : row.Value.Date.DayNumber, Id: row.Key)).Order();
            Assert.Equal((filter.SortsDown ? keys.Reverse() : keys).Select(key => key.Id), page.Items.Select(item => item.Id));
        }
    }

    private static Gen<long?> Maybe(Gen<long> value) => Gen.OneOf(Gen.Const((long?)null), value.Select(found => (long?)found));

    private static Gen<long?> Maybe(Gen<int> value) => Maybe(value.Select(found => (long)found));

    private static bool Selects(ExpenseFilter filter, ExpenseInput row) =>
        (filter.From is null || row.Date >= filter.From)
        && (filter.To is null || row.Date <= filter.To)
        && (filter.CategoryIds.Count == 0 || filter.CategoryIds.Contains(row.CategoryId))
        && (filter.Least is null || row.Amount >= filter.Least)
        && (filter.Most is null || row.Amount <= filter.Most)
        && filter.Words.All(SearchText.Fold(row.Description).Contains);

    private async Task<List<long>> IdsAsync(long user) =>
        [.. (await Database.QueryAsync($"select id from expenses where user_id = {user}")).Select(row => long.Parse(row[0]!, System.Globalization.CultureInfo.InvariantCulture))];
}
