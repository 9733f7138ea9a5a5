using System.Globalization;
using System.Numerics;
using CsCheck;
using ExpenseIQ.Domain;

namespace ExpenseIQ.Tests.Domain;

[Trait("Engine", "none")]
public sealed class CalculatingAmounts
{
    private static readonly CultureInfo[] Cultures = CultureInfo.GetCultures(CultureTypes.AllCultures);
    private static readonly Gen<CultureInfo> AnyCulture = Gen.Int[0, Cultures.Length - 1].Select(index => Cultures[index]);
    private static readonly Gen<string> SumLikeText = Gen.Char["0123456789.,'’ \u00a0\u202f-−+*/xX×÷()€$e\0\n%"].Array[0, 60].Select(text => new string(text));

    [Theory]
    [InlineData("en-US", "12+3.50", 1550)]
    [InlineData("en-US", "3*4.20", 1260)]
    [InlineData("en-US", "100-25,50", 7450)]
    [InlineData("en-US", "(12+8)/4", 500)]
    [InlineData("en-US", "2x3.5", 700)]
    [InlineData("en-US", "2X3.5", 700)]
    [InlineData("en-US", "2 × 3.5", 700)]
    [InlineData("en-US", "7 ÷ 2", 350)]
    [InlineData("en-US", "12\u22123", 900)]
    [InlineData("en-US", " 1 +\t2 ", 300)]
    [InlineData("en-US", "1+2*3", 700)]
    [InlineData("en-US", "(1+2)*3", 900)]
    [InlineData("en-US", "10-4-3", 300)]
    [InlineData("en-US", "100/10/2", 500)]
    [InlineData("en-US", "10/3*3", 1000)]
    [InlineData("en-US", "1/3+1/3+1/3", 100)]
    [InlineData("en-US", "10/(1-3)", -500)]
    [InlineData("en-US", "-5+10", 500)]
    [InlineData("en-US", "-(5+10)", -1500)]
    [InlineData("en-US", "2*-3", -600)]
    [InlineData("en-US", "2--3", 500)]
    [InlineData("en-US", "(5)+3", 800)]
    [InlineData("en-US", "((((((((((1+1))))))))))", 200)]
    [InlineData("en-US", "€12 + €3", 1500)]
    [InlineData("en-US", "12 € + $ 3", 1500)]
    [InlineData("en-US", "-€12 + 20", 800)]
    [InlineData("en-US", "1,234.50+2", 123650)]
    [InlineData("en-US", "1 234.50 + 2", 123650)]
    [InlineData("en-US", "45.2*1.875", 8475)]
    [InlineData("en-US", "0.001+0.009", 1)]
    [InlineData("en-US", ".5+5.", 550)]
    [InlineData("en-US", "5-5", 0)]
    [InlineData("en-US", "99999999999999999999-99999999999999999998", 100)]
    [InlineData("en-US", "9999999999.98+0.01", 999_999_999_999)]
    [InlineData("de-DE", "1.234,50+2", 123650)]
    [InlineData("de-DE", "1.234+1", 123500)]
    [InlineData("fr-FR", "1\u202f234,50+2", 123650)]
    [InlineData("de-CH", "1’234.50+2", 123650)]
    public void Computes_what_people_write(string culture, string text, long minor)
    {
        Assert.Equal(MoneyProblem.None, MoneyText.Calculate(text, CultureInfo.GetCultureInfo(culture), out var amount));
        Assert.Equal(minor, amount.Minor);
    }

    [Theory]
    [InlineData("10/3", MoneyProblem.TooPrecise)]
    [InlineData("1.5*2.33", MoneyProblem.TooPrecise)]
    [InlineData("0.001+0", MoneyProblem.TooPrecise)]
    [InlineData("99999999999999/3*2/7", MoneyProblem.TooPrecise)]
    [InlineData("9999999999.99+0.01", MoneyProblem.TooLarge)]
    [InlineData("0-9999999999.99-0.01", MoneyProblem.TooLarge)]
    [InlineData("99999999999*99999999999*99999999999*99999999999", MoneyProblem.TooLarge)]
    [InlineData("1/0", MoneyProblem.NotAnAmount)]
    [InlineData("1/(2-2)", MoneyProblem.NotAnAmount)]
    [InlineData("0/0", MoneyProblem.NotAnAmount)]
    [InlineData("(5)", MoneyProblem.NotAnAmount)]
    [InlineData("-(5)", MoneyProblem.NotAnAmount)]
    [InlineData("()", MoneyProblem.NotAnAmount)]
    [InlineData("+", MoneyProblem.NotAnAmount)]
    [InlineData("+5", MoneyProblem.NotAnAmount)]
    [InlineData("--5", MoneyProblem.NotAnAmount)]
    [InlineData("1---5", MoneyProblem.NotAnAmount)]
    [InlineData("1++5", MoneyProblem.NotAnAmount)]
    [InlineData("1+", MoneyProblem.NotAnAmount)]
    [InlineData("*2", MoneyProblem.NotAnAmount)]
    [InlineData("1**2", MoneyProblem.NotAnAmount)]
    [InlineData("(1+2", MoneyProblem.NotAnAmount)]
    [InlineData("1+2)", MoneyProblem.NotAnAmount)]
    [InlineData("1)+(2", MoneyProblem.NotAnAmount)]
    [InlineData("2(3+4)", MoneyProblem.NotAnAmount)]
    [InlineData("(1+1)(2)", MoneyProblem.NotAnAmount)]
    [InlineData("(1+1)2", MoneyProblem.NotAnAmount)]
    [InlineData("1 2+3", MoneyProblem.NotAnAmount)]
    [InlineData("1.2.3+4", MoneyProblem.NotAnAmount)]
    [InlineData("1,23,4+5", MoneyProblem.NotAnAmount)]
    [InlineData("1+lunch", MoneyProblem.NotAnAmount)]
    [InlineData("1e2+1", MoneyProblem.NotAnAmount)]
    [InlineData("$+5", MoneyProblem.NotAnAmount)]
    [InlineData("$$5+5", MoneyProblem.NotAnAmount)]
    [InlineData("5%+5", MoneyProblem.NotAnAmount)]
    [InlineData("\u0661+\u0662", MoneyProblem.NotAnAmount)]
    [InlineData("(((((((((((1+1)))))))))))", MoneyProblem.NotAnAmount)]
    public void Says_what_is_wrong_with_the_rest(string text, MoneyProblem problem)
    {
        Assert.Equal(problem, MoneyText.Calculate(text, CultureInfo.GetCultureInfo("en-US"), out var amount));
        Assert.Equal(Money.Zero, amount);
    }

    [Fact]
    public void A_longer_text_than_anybody_types_is_none()
    {
        var longest = "1" + new string('0', 20) + "-" + new string('0', 78);
        Assert.Equal(MoneyProblem.TooLarge, MoneyText.Calculate(longest, CultureInfo.InvariantCulture, out _));
        Assert.Equal(MoneyProblem.NotAnAmount, MoneyText.Calculate(longest + "0", CultureInfo.InvariantCulture, out _));
        foreach (var part in new[] { "(", "-", "1-", "1/", "(1+", "9*" })
            Assert.Equal(MoneyProblem.NotAnAmount, MoneyText.Calculate(string.Concat(Enumerable.Repeat(part, 100_000)) + "1", CultureInfo.InvariantCulture, out _));
    }

    [Fact]
    public void What_is_an_amount_stays_what_it_is() =>
        Gen.Select(SumLikeText, AnyCulture).Sample((text, culture) =>
        {
            var problem = MoneyText.Read(text, culture, out var read);
            var calculated = MoneyText.Calculate(text, culture, out var amount);
            return problem == MoneyProblem.NotAnAmount || (calculated == problem && amount == read);
        });

    [Fact]
    public void Never_throws_and_never_comes_to_what_is_out_of_range() =>
        Gen.Select(Gen.OneOf(SumLikeText, Gen.String, AnySum.Select(sum => sum.Write(","))), AnyCulture).Sample((text, culture) =>
            MoneyText.Calculate(text, culture, out var amount) is not MoneyProblem.None ? amount == Money.Zero : Math.Abs(amount.Minor) <= Money.Largest.Minor);

    [Fact]
    public void Comes_to_the_same_as_a_plain_computation_in_every_culture() =>
        Gen.Select(AnySum, AnyCulture).Sample((sum, culture) =>
        {
            var problem = MoneyText.Calculate(sum.Write(MoneyText.DecimalSeparator(culture).ToString()), culture, out var amount);
            return (problem, amount.Minor) == Expected(sum.Value);
        });

    private static (MoneyProblem Problem, long Minor) Expected((BigInteger Over, BigInteger Under)? value)
    {
        if (value is not var (over, under)) return (MoneyProblem.NotAnAmount, 0);
        if (over * 100 % under != 0) return (MoneyProblem.TooPrecise, 0);
        var minor = over * 100 / under;
        return BigInteger.Abs(minor) > 999_999_999_999 ? (MoneyProblem.TooLarge, 0) : (MoneyProblem.None, (long)minor);
    }

    private static Gen<Sum> AnyNumber { get; } =
        Gen.Select(Gen.OneOf(Gen.Int[0, 12], Gen.Int[0, 99_999]), Gen.Int[0, 3], Gen.Bool).Select((digits, decimals, isNegative) => new Sum(digits, decimals, isNegative));

    /// <summary>Numbers joined two by two, up to four levels deep; short enough to be computed.</summary>
    private static Gen<Sum> AnySum { get; } = Joined(Joined(Joined(Joined(AnyNumber)))).Where(sum => sum is { Operator: not '\0' } && sum.Write(".").Length <= 100);

    private static Gen<Sum> Joined(Gen<Sum> part) => Gen.OneOf(
        AnyNumber,
        Gen.Select(part, part, Gen.Char["+-*/xX×÷−"], Gen.Bool).Select((left, right, sign, isSpaced) => new Sum(left, right, sign, isSpaced)));

    /// <summary>A sum as a tree, which is written with parentheses and computed without reading anything.</summary>
    private sealed record Sum(int Digits, int Decimals, bool IsNegative)
    {
        public Sum(Sum left, Sum right, char sign, bool isSpaced)
            : this(0, 0, IsNegative: false) => (Left, Right, Operator, IsSpaced) = (left, right, sign, isSpaced);

        public Sum? Left { get; }

        public Sum? Right { get; }

        public char Operator { get; }

        private bool IsSpaced { get; }

        /// <summary>Over and under the line; null where it divides by zero.</summary>
        public (BigInteger Over, BigInteger Under)? Value
        {
            get
            {
                if (Left is null) return (IsNegative ? -Digits : Digits, BigInteger.Pow(10, Decimals));
                if (Left.Value is not var (a, b) || Right!.Value is not var (c, d)) return null;
                var (over, under) = Operator switch
                {
                    '+' => (a * d + c * b, b * d),
                    '-' or '−' => (a * d - c * b, b * d),
                    '/' or '÷' => (a * d, b * c),
                    _ => (a * c, b * d),
                };
                if (under.IsZero) return null;
                var common = BigInteger.GreatestCommonDivisor(over, under) * under.Sign;
                return (over / common, under / common);
            }
        }

        private int Rank => Operator switch { '\0' => 3, '+' or '-' or '−' => 1, _ => 2 };

        public string Write(string separator)
        {
            if (Left is null)
            {
                var digits = Digits.ToString(CultureInfo.InvariantCulture).PadLeft(Decimals + 1, '0');
                return (IsNegative ? "-" : "") + (Decimals == 0 ? digits : digits[..^Decimals] + separator + digits[^Decimals..]);
            }
            var space = IsSpaced ? " " : "";
            return Part(Left, Left.Rank < Rank) + space + Operator + space + Part(Right!, Right!.Rank <= Rank);

            string Part(Sum part, bool inParentheses) => inParentheses ? $"({part.Write(separator)})" : part.Write(separator);
        }
    }
}
