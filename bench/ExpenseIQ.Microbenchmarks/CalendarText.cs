using BenchmarkDotNet.Attributes;
using ExpenseIQ.Domain;

namespace ExpenseIQ.Microbenchmarks;

public class CalendarText
{
    private static readonly DateOnly Day = new(2024, 11, 28);
    private static readonly Month Month = Month.Of(Day);

    [Benchmark]
    public string MonthToText() => Month.ToString();

    [Benchmark]
    public bool MonthFromText() => Month.TryParse("2024-11", out _);

    [Benchmark]
    public Month MonthAYearBefore() => Month.AddMonths(-12);

    [Benchmark]
    public string DateToInput() => Dates.ToInput(Day);

    [Benchmark]
    public string? DateFromInput() => Dates.Read("2024-11-28", out _);
}
