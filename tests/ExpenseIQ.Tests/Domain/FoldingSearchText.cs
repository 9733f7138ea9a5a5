using CsCheck;
using ExpenseIQ.Domain;

namespace ExpenseIQ.Tests.Domain;

[Trait("Engine", "none")]
public sealed class FoldingSearchText
{
    [Theory]
    [InlineData("Café Übersee", "cafe ubersee")]
    [InlineData("ﬁancé", "fiance")]
    [InlineData("ＡＢＣ", "abc")]
    [InlineData("İstanbul", "istanbul")]
    [InlineData("100% _off_", "100% _off_")]
    [InlineData("🍜 Ramen", "🍜 ramen")]
    [InlineData("ქართული", "ქართული")]
    [InlineData("Привет", "привет")]
    [InlineData("", "")]
    public void Takes_off_case_and_accents(string text, string folded) => Assert.Equal(folded, SearchText.Fold(text));

    [Fact]
    public void Half_a_surrogate_pair_is_folded_too() => Assert.Equal("a\ufffdb", SearchText.Fold("a\ud83db"));

    [Fact]
    public void Folding_twice_changes_nothing() =>
        Gen.OneOf(Gen.String, AnyLetters).Sample(text => SearchText.Fold(SearchText.Fold(text)) == SearchText.Fold(text));

    [Fact]
    public void Never_grows_beyond_what_the_column_takes() =>
        Gen.Const('\ufdfa').Array[200, 255].Sample(letters => SearchText.Fold(new string(letters)).Length <= SearchText.MaxLength);

    [Fact]
    public void A_text_is_found_by_each_of_its_words() =>
        AnyLetters.Sample(text => SearchText.Words(text).All(word => SearchText.Fold(text).Contains(word, StringComparison.Ordinal)));

    private static Gen<string> AnyLetters { get; } = Gen.Char["aäÄßİıſﬁÅéÉ ñçøØΣσςẞ\u0301\u0130\u00a0\u3000한가"].Array[0, 30].Select(letters => new string(letters));
}
