using System.Globalization;
using CsCheck;

namespace ExpenseIQ.Tests.Security;

/// <summary>
/// Made-up values, the same in each run; EXPENSEIQ_TEST_SEED asks for others. What fails names the seed, how many had passed, and the value.
/// </summary>
internal static class Samples
{
    private static readonly uint Seed = uint.TryParse(Environment.GetEnvironmentVariable("EXPENSEIQ_TEST_SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out var seed) ? seed : 20241105;

    public static void Each<T>(this Gen<T> values, int count, Action<T> test)
    {
        foreach (var (number, value) in values.Take(count).Index())
        {
            try
            {
                test(value);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException(Describe(number, value), exception);
            }
        }
    }

    public static async Task EachAsync<T>(this Gen<T> values, int count, Func<T, Task> test)
    {
        foreach (var (number, value) in values.Take(count).Index())
        {
            try
            {
                await test(value);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException(Describe(number, value), exception);
            }
        }
    }

    private static IEnumerable<T> Take<T>(this Gen<T> values, int count)
    {
        var random = new PCG(1, Seed);
        for (var made = 0; made < count; made++) yield return values.Generate(random, null, out _);
    }

    private static string Describe<T>(int number, T value)
    {
        var text = string.Concat($"{value}".Take(400).Select(letter => letter is >= ' ' and <= '~' ? $"{letter}" : $"\\u{(int)letter:x4}"));
        return string.Create(CultureInfo.InvariantCulture, $"EXPENSEIQ_TEST_SEED={Seed}, after {number} that passed: {text}");
    }
}
