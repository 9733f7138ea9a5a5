using BenchmarkDotNet.Attributes;
using ExpenseIQ.Domain;
using ExpenseIQ.Web;

namespace ExpenseIQ.Microbenchmarks;

/// <summary>What each row of the list needs, fifty times a page.</summary>
public class FormattedFigures
{
    private static readonly Money Sum = new(123_450);
    private static readonly DateOnly Day = new(2024, 11, 28);

    private Formats formats = Formats.Of("en-US", "USD");

    [Params("en-US", "de-DE")]
    public string Locale { get; set; } = "";

    [GlobalSetup]
    public void Prepare() => formats = Formats.Of(Locale, "EUR");

    [Benchmark]
    public string Amount() => formats.Amount(Sum);

    [Benchmark]
    public string Date() => formats.Date(Day);

    [Benchmark]
    public string MonthName() => formats.MonthName(Month.Of(Day));
}
