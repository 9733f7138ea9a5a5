using ExpenseIQ.Database;
using ExpenseIQ.Database.Tables;
using ExpenseIQ.Domain;

namespace ExpenseIQ.Features.Expenses;

/// <summary>
/// Believable expenses: bills that come back each month, and the rest of life at random. The same seed, months and day give
/// the same expenses.
/// </summary>
internal sealed class ExampleExpenses(int seed, int months)
{
    private const int BatchSize = 20_000;

    /// <summary>What comes back: category, text, amount in hundredths, day of the month, every so many months.</summary>
    private static readonly (string Category, string Text, int Minor, int Day, int Every)[] Bills =
    [
        ("Bills", "Rent", 89_500, 1, 1),
        ("Bills", "Electricity", 6_240, 4, 1),
        ("Bills", "Internet", 3_499, 6, 1),
        ("Bills", "Phone", 1_999, 9, 1),
        ("Bills", "Liability insurance", 7_850, 15, 6),
        ("Health", "Gym", 2_990, 3, 1),
        ("Travel", "Monthly ticket", 4_900, 2, 1),
        ("Others", "Music streaming", 1_099, 12, 1),
        ("Others", "Donation", 2_500, 20, 3),
    ];

    /// <summary>What happens: category, texts, typical amount in hundredths, how often beside the others.</summary>
    private static readonly (string Category, string[] Texts, int Typical, int Weight)[] Events =
    [
        ("Food", ["Groceries", "Weekly market", "Bakery", "Lunch", "Coffee", "Dinner with friends", "Takeaway", "Corner shop"], 1_450, 50),
        ("Travel", ["Train to Hamburg", "Fuel", "Taxi", "Bike repair", "Parking", "Museum and ferry"], 2_600, 10),
        ("Shopping", ["Shoes", "Winter jacket", "Books", "Kitchen knife", "Birthday present", "Headphones", "T-shirts"], 3_900, 12),
        ("Health", ["Pharmacy", "Dentist", "Glasses", "Physiotherapy"], 2_800, 6),
        ("Others", ["Haircut", "Cinema", "Concert", "Houseplants", "Post office", "Dry cleaning"], 2_000, 10),
        ("Bills", ["Repair of the washing machine", "Chimney sweep"], 8_000, 1),
    ];

    public IEnumerable<(string Category, Money Amount, string Description, DateOnly Date)> Generate(int count, DateOnly today)
    {
        var random = new Random(seed);
        var first = Month.Of(today).AddMonths(1 - months);
        var left = count;
        foreach (var bill in BillsUpTo(today, first).Take(count))
        {
            left--;
            yield return bill;
        }
        var days = today.DayNumber - first.First.DayNumber + 1;
        var weights = Events.Sum(kind => kind.Weight);
        var rest = 1.0;
        for (; left > 0; left--)
        {
            // Days at random, yet in order (order statistics): a batch then touches the totals of few months.
            rest *= Math.Pow(1 - random.NextDouble(), 1.0 / left);
            var date = first.First.AddDays(Math.Min((int)((1 - rest) * days), days - 1));
            var kind = Pick(random.Next(weights));
            // Log-normal: many small ones, few large ones.
            var spread = Math.Exp(0.55 * Gaussian(random));
            var season = kind.Category is "Shopping" or "Travel" && date.Month is 7 or 12 ? 1.7 : 1.0;
            var minor = Math.Clamp((long)(kind.Typical * spread * season), 90, 90_000);
            yield return (kind.Category, new Money(minor), kind.Texts[random.Next(kind.Texts.Length)], date);
        }
    }

    private static IEnumerable<(string Category, Money Amount, string Description, DateOnly Date)> BillsUpTo(DateOnly today, Month first)
    {
        for (var month = first; month <= Month.Of(today); month = month.AddMonths(1))
        {
            foreach (var bill in Bills)
            {
                var date = new DateOnly(month.Year, month.OfYear, bill.Day);
                if (date <= today && month.OfYear % bill.Every == 0) yield return (bill.Category, new Money(bill.Minor), bill.Text, date);
            }
        }
    }

    private static (string Category, string[] Texts, int Typical, int Weight) Pick(int ticket)
    {
        foreach (var kind in Events)
        {
            if (ticket < kind.Weight) return kind;
            ticket -= kind.Weight;
        }
        return Events[0];
    }

    /// <summary>A normally distributed number (Box and Muller's transform).</summary>
    private static double Gaussian(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>Books examples in batches, each with its totals in one transaction.</summary>
    public static async Task AddAsync(
        ExpenseDatabase database,
        long userId,
        IEnumerable<(string Category, Money Amount, string Description, DateOnly Date)> examples,
        DateTime now,
        CancellationToken cancellationToken)
    {
        var categories = await database.ListCategoriesAsync(userId, cancellationToken);
        foreach (var batch in examples.Chunk(BatchSize))
            await database.AddExpensesAsync(userId, Inputs(batch, categories), now, cancellationToken);
    }

    /// <param name="categories">At least the defaults.</param>
    public static IReadOnlyList<ExpenseInput> Inputs(
        IEnumerable<(string Category, Money Amount, string Description, DateOnly Date)> examples, IEnumerable<Category> categories)
    {
        var ids = categories.ToDictionary(row => row.Name, row => row.Id);
        return [.. examples.Select(example => new ExpenseInput(example.Amount, ids[example.Category], example.Description, example.Date))];
    }
}
