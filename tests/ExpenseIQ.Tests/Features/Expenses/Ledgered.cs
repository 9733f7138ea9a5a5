using ExpenseIQ.CommandLine;
using ExpenseIQ.Features.Expenses;
using ExpenseIQ.Tests.Running;

namespace ExpenseIQ.Tests.Features.Expenses;

/// <summary>A person with many expenses, written in one go with their totals, and a plain copy of them to compare with.</summary>
internal sealed class Ledgered : IDisposable
{
    private static readonly string[] Defaults = ["Food", "Travel", "Shopping", "Bills", "Health", "Others"];

    private Ledgered(Browser browser) => Browser = browser;

    public Browser Browser { get; }

    public IReadOnlyList<ExpenseRow> Rows { get; private set; } = [];

    public static async Task<Ledgered> CreateAsync(RunningApp app, IEnumerable<ExpenseInput> inputs, string language = "en-US")
    {
        var ledgered = new Ledgered(await app.OpenAsNewUserAsync(language));
        var user = await app.UserOfAsync(ledgered.Browser);
        var examples = inputs.Select(input => (Defaults[(int)input.CategoryId - 1], input.Amount, input.Description, input.Date));
        await app.WithDatabaseAsync(async database =>
        {
            await ExampleExpenses.AddAsync(database, user.Id, examples, new DateTime(2024, 11, 5), CancellationToken.None);
            return 0;
        });
        ledgered.Rows = await app.ExpensesOfAsync(ledgered.Browser);
        return ledgered;
    }

    /// <summary>Walks the list from its first page by the link of that kind.</summary>
    public async Task<List<Answer>> WalkAsync(string path, string rel)
    {
        var pages = new List<Answer>();
        for (string? next = path; next is not null;)
        {
            if (pages.Count > 100) throw new InvalidOperationException("The pages do not end.");
            var page = (await Browser.GetAsync(next)).MustBe(200);
            pages.Add(page);
            next = page.Page.QuerySelector($"a[rel='{rel}']")?.GetAttribute("href");
        }
        return pages;
    }

    public static IEnumerable<long> Ids(Answer page) =>
        page.Page.QuerySelectorAll("main tr[data-id]").Select(row => long.Parse(row.GetAttribute("data-id")!, System.Globalization.CultureInfo.InvariantCulture));

    public void Dispose() => Browser.Dispose();
}
