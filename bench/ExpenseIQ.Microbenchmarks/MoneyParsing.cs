using System.Globalization;
using BenchmarkDotNet.Attributes;
using ExpenseIQ.Domain;

namespace ExpenseIQ.Microbenchmarks;

public class MoneyParsing
{
    private CultureInfo culture = CultureInfo.InvariantCulture;

    [Params("en-US", "de-DE", "fr-FR")]
    public string Culture { get; set; } = "";

    [Params("7", "12.50", "12,50", "1234567.89", "12.345", "lunch")]
    public string Text { get; set; } = "";

    [GlobalSetup]
    public void Prepare() => culture = CultureInfo.GetCultureInfo(Culture);

    [Benchmark]
    public MoneyProblem Read() => MoneyText.Read(Text, culture, out _);
}
