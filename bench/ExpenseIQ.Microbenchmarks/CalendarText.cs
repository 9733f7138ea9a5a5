using BenchmarkDotNet.Attributes;
using ExpenseIQ.Domain;

namespace ExpenseIQ.Microbenchmarks;

public class CalendarText
{
    // Fields that could change: the compiler would work out constants once and for all.
    private DateOnly day = new(2024, 11, 28);
    private Month month = new(202411);

    [Benchmark]
    public string MonthToText() => month.ToString();

    [Benchmark]
    public bool MonthFromText() => Month.TryParse("2024-11", out _);

    [Benchmark]
    public Month MonthAYearBefore() => month.AddMonths(-12);

    [Benchmark]
    public string DateToInput() => Dates.ToInput(day);

    [Benchmark]
    public string? DateFromInput() => Dates.Read("2024-11-28", out _);
}
