namespace ExpenseIQ.Database;

/// <summary>
/// Amounts as a tree of radix 32 over hundredths: on level 0 each amount is a bucket of its own, on each level above a bucket holds
/// 32 of the level below. An expense is counted in its bucket of each level, so that any range of amounts is the sum of at most 62
/// buckets a level, however many expenses lie in it. Bucket 0 of the levels above 0 is never needed and not kept: a usual amount
/// has three or four buckets.
/// </summary>
internal static class AmountTree
{
    /// <summary>Enough for the largest amount of one expense, under 2^40 hundredths.</summary>
    public const int Levels = 8;

    private const int Bits = 5;
    private const long Mask = (1 << Bits) - 1;

    /// <summary>SQL for the bucket of a column of hundredths.</summary>
    public static string BucketOf(string column, int level) => level == 0 ? column : $"({column} >> {level * Bits})";

    /// <summary>The buckets that an amount is counted in.</summary>
    /// <param name="minor">Hundredths, 1 to 999,999,999,999.</param>
    public static IEnumerable<(int Level, long Bucket)> PathOf(long minor)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(minor);
        for (var level = 0; level < Levels && minor > 0; level++, minor >>= Bits) yield return (level, minor);
    }

    /// <summary>The ranges of buckets that hold just the amounts from <paramref name="least"/> to <paramref name="most"/>, hundredths.</summary>
    public static IEnumerable<(int Level, long First, long Last)> Cover(long least, long most)
    {
        var (first, last) = (Math.Max(least, 1), Math.Min(most, (1L << (Levels * Bits)) - 1));
        for (var level = 0; first <= last; level++, first >>= Bits, last >>= Bits)
        {
            if (first >> Bits == last >> Bits)
            {
                yield return (level, first, last);
                yield break;
            }
            // What sticks out of whole buckets of the level above, at the lower end and at the upper one.
            if ((first & Mask) != 0)
            {
                yield return (level, first, first | Mask);
                first = (first | Mask) + 1;
            }
            if ((last & Mask) != Mask)
            {
                yield return (level, last & ~Mask, last);
                last = (last & ~Mask) - 1;
            }
        }
    }
}
