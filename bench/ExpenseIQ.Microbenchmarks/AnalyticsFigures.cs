using BenchmarkDotNet.Attributes;
using ExpenseIQ.Domain;
using ExpenseIQ.Features.Analytics;

namespace ExpenseIQ.Microbenchmarks;

/// <summary>What a dashboard works out of twelve months, once its rows are read.</summary>
public class AnalyticsFigures
{
    private static readonly DateOnly Today = new(2024, 11, 28);
    private static readonly Analytics Figures = Assemble();

    [Benchmark]
    public static Analytics Assemble()
    {
        var month = Month.Of(Today);
        return new Analytics(
            month,
            Today,
            [.. Enumerable.Range(0, 12).Select(number => new MonthSum(month.AddMonths(number - 11), new Money(123_456 + (number * 789))))],
            [.. Enumerable.Range(1, 6).Select(number => new CategorySum(number, "Food", new Money(70_000 / number)))],
            [.. Enumerable.Range(1, 5).Select(number => new RecentExpense(number, new Money(1250), "Groceries", Today, 1, "Food"))]);
    }

    [Benchmark]
    public Money PredictedNext() => Figures.PredictedNext;

    [Benchmark]
    public decimal? GrowthPercent() => Figures.GrowthPercent;

    [Benchmark]
    public (Money Total, Money? Average, Money Daily) Totals() => (Figures.MonthTotal, Figures.AverageAMonth, Figures.AverageADay);
}
