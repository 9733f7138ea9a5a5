using ExpenseIQ.Domain;
using ExpenseIQ.Features.Expenses;
using ExpenseIQ.Tests.Running;

namespace ExpenseIQ.Tests.Features.Expenses;

/// <summary>Somebody with 120 expenses of all kinds, for the tests that only look.</summary>
public sealed class FilteredPerson(SharedApp shared) : IAsyncLifetime
{
    internal static readonly IReadOnlyList<string> Texts =
    [
        "Lunch", "LUNCH at work", "Café Übersee", "cafe ubersee", "100% off", "100 off", "snake_case", "snakeXcase", "back\\slash", "til~de",
        "it's \"quoted\"", "🍜 Ramen", "[a-z]*", "", "Straße", "two  spaces", "tea", "green tea",
    ];

    private Ledgered? person;

    internal Ledgered Person => person ?? throw new InvalidOperationException("Nobody is there yet.");

    public async ValueTask InitializeAsync()
    {
        var random = new Random(11);
        var inputs = Enumerable.Range(0, 120).Select(_ => new ExpenseInput(
            new Money(random.Next(4) == 0 ? 1000 : random.Next(1, 3000)), random.Next(1, 7), Texts[random.Next(Texts.Count)], new DateOnly(2023, 11, 15).AddDays(random.Next(400))));
        person = await Ledgered.CreateAsync(shared.App, inputs);
    }

    public ValueTask DisposeAsync()
    {
        person?.Dispose();
        return default;
    }
}
