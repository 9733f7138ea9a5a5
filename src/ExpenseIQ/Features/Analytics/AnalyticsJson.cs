using System.Text.Json;
using System.Text.Json.Serialization;

namespace ExpenseIQ.Features.Analytics;

/// <summary>GET /api/analytics, member by member; amounts have two decimals.</summary>
public sealed record AnalyticsJson(
    Series Monthly,
    Series Category,
    decimal MonthTotal,
    NamedTotal TopCategory,
    IReadOnlyList<RecentJson> Recent,
    SmartJson Smart)
{
    internal static AnalyticsJson Of(Analytics analytics) => new(
        new Series([.. analytics.Monthly.Select(sum => sum.Month.ToString())], [.. analytics.Monthly.Select(sum => sum.Total.Value)]),
        new Series([.. analytics.Categories.Select(sum => sum.Name)], [.. analytics.Categories.Select(sum => sum.Total.Value)]),
        analytics.MonthTotal.Value,
        analytics.TopCategory is { } top ? new NamedTotal(top.Name, top.Total.Value) : new NamedTotal("N/A", 0),
        [.. analytics.Recent.Select(row => new RecentJson(row.Id, row.Amount.Value, row.Description, row.Date, row.Category))],
        new SmartJson(
            [.. analytics.Categories.Take(3).Select(sum => new NamedTotal(sum.Name, sum.Total.Value))],
            analytics.AverageADay.Value,
            analytics.LastMonthTotal.Value,
            analytics.GrowthPercent,
            analytics.PredictedNext.Value));
}

public sealed record Series(IReadOnlyList<string> Labels, IReadOnlyList<decimal> Data);

public sealed record NamedTotal(string Name, decimal Total);

public sealed record RecentJson(long Id, decimal Amount, string Description, DateOnly Date, string Category);

/// <param name="GrowthPct">Null where the month before has nothing to compare with.</param>
public sealed record SmartJson(
    IReadOnlyList<NamedTotal> Top3Categories, decimal AvgDailySpend, decimal LastMonthTotal, decimal? GrowthPct, decimal PredictedNext);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AnalyticsJson))]
internal sealed partial class AnalyticsJsonContext : JsonSerializerContext;
