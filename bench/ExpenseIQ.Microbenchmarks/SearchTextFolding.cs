using BenchmarkDotNet.Attributes;
using ExpenseIQ.Domain;

namespace ExpenseIQ.Microbenchmarks;

public class SearchTextFolding
{
    [Params("groceries", "Groceries at the weekly market", "Café Übersee, Straße 7", "東京タワー ﬁﬂ")]
    public string Text { get; set; } = "";

    [Benchmark]
    public string Fold() => SearchText.Fold(Text);

    [Benchmark]
    public string[] Words() => SearchText.Words(Text);
}
