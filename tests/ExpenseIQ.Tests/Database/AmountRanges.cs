using CsCheck;
using ExpenseIQ.Database;
using ExpenseIQ.Domain;

namespace ExpenseIQ.Tests.Database;

/// <summary>The tree of amounts: any range is the sum of few buckets.</summary>
[Trait("Engine", "none")]
public sealed class AmountRanges
{
    private static readonly Gen<long> Amount = Gen.OneOf(Gen.Long[1, 100], Gen.Long[1, 100_000], Gen.Long[1, Money.Largest.Minor]);

    /// <summary>Bounds lie where rows lie, or beside them, or anywhere.</summary>
    private static readonly Gen<long> Bound = Gen.OneOf(Gen.Long[0, 100], Gen.Long[0, 100_000], Gen.Long[0, Money.Largest.Minor], Gen.Const(Money.Largest.Minor));

    [Fact]
    public void A_range_has_just_the_amounts_that_lie_in_it() => Gen.Select(Amount.Array[0, 50], Bound, Bound).Sample((amounts, least, most) =>
    {
        var kept = amounts.SelectMany(AmountTree.PathOf).CountBy(bucket => bucket).ToDictionary();
        var found = AmountTree.Cover(least, most).Sum(range => kept
            .Where(bucket => bucket.Key.Level == range.Level && bucket.Key.Bucket >= range.First && bucket.Key.Bucket <= range.Last)
            .Sum(bucket => bucket.Value));
        return found == amounts.Count(amount => amount >= least && amount <= most);
    });

    [Fact]
    public void A_range_is_few_ranges_of_buckets_none_wider_than_a_bucket_of_the_level_above() => Gen.Select(Bound, Bound).Sample((least, most) =>
    {
        var ranges = AmountTree.Cover(least, most).ToList();
        return ranges.Count <= 2 * AmountTree.Levels - 1
            && ranges.All(range => range.First > 0 && range.First <= range.Last && range.Last - range.First < 32 && range.Level < AmountTree.Levels);
    });

    [Theory]
    [InlineData(31, 1)]
    [InlineData(32, 2)]
    [InlineData(1450, 3)]
    [InlineData(32_768, 4)]
    [InlineData(999_999_999_999, 8)]
    public void An_amount_is_counted_on_as_many_levels_as_it_needs(long minor, int levels) =>
        Assert.Equal(levels, AmountTree.PathOf(minor).Count());
}
