using ExpenseIQ.Tests.Running;

namespace ExpenseIQ.Tests.Features.Expenses;

public sealed class ExportingExpenses(SharedApp shared)
{
    [Fact]
    public async Task Is_a_file_of_all_rows_with_their_heads()
    {
        using var owner = await shared.App.OpenAsNewUserAsync("de-DE");
        await owner.AddExpenseAsync("1.234,50", "2024-11-05", 2, "Bahn, \"ICE\"; Größe");
        var row = Assert.Single(await shared.App.ExpensesOfAsync(owner));
        var answer = (await owner.GetAsync("/expenses/export/csv")).MustBe(200);
        Assert.Equal("text/csv", answer.MediaType);
        Assert.Matches(@"^attachment; filename=""?expenses-\d{4}-\d\d-\d\d\.csv", answer.Headers["Content-Disposition"]);
        var rows = CsvText.Rows(answer.Text);
        Assert.Equal(["id", "date", "category", "description", "amount"], rows[0]);
        Assert.Equal([$"{row.Id}", "2024-11-05", "Travel", "Bahn, \"ICE\"; Größe", "1234.50"], Assert.Single(rows.Skip(1)));
        Assert.All(answer.Text.Split('\n')[..^1], line => Assert.EndsWith("\r", line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("=cmd|' /C calc'!A0")]
    [InlineData("+49 30 123")]
    [InlineData("-5 discount")]
    [InlineData("@SUM(A1:A9)")]
    [InlineData("=HYPERLINK(\"http://evil.example\",\"click, me\")")]
    public async Task No_cell_is_a_formula(string description)
    {
        using var owner = await shared.App.OpenAsNewUserAsync();
        await owner.AddExpenseAsync("5", "2024-11-05", description: description);
        var rows = CsvText.Rows((await owner.GetAsync("/expenses/export/csv")).Text);
        Assert.Equal("'" + description, rows[1][3]);
    }

    [Fact]
    public async Task An_own_category_s_name_is_no_formula_either()
    {
        using var owner = await shared.App.OpenAsNewUserAsync();
        var category = await shared.App.AddOwnCategoryAsync(owner, "=1+1");
        await owner.AddExpenseAsync("5", "2024-11-05", category);
        Assert.Equal("'=1+1", CsvText.Rows((await owner.GetAsync("/expenses/export/csv")).Text)[1][2]);
    }

    [Fact]
    public async Task Nothing_is_exported_but_the_heads_where_there_is_nothing()
    {
        using var owner = await shared.App.OpenAsNewUserAsync();
        Assert.Single(CsvText.Rows((await owner.GetAsync("/expenses/export/csv")).Text));
    }

    [Fact]
    public async Task The_list_s_link_exports_what_the_list_shows()
    {
        using var owner = await shared.App.OpenAsNewUserAsync();
        await owner.AddExpenseAsync("5", "2024-11-05", description: "50% & more");
        await owner.AddExpenseAsync("6", "2024-11-05", description: "other");
        var list = await owner.GetAsync("/expenses?search=" + Uri.EscapeDataString("50% &") + "&sort=amount_asc");
        var link = list.Page.QuerySelector("a[href^='/expenses/export/csv']")!.GetAttribute("href")!;
        Assert.Equal("50% & more", Assert.Single(CsvText.Rows((await owner.GetAsync(link)).Text).Skip(1))[3]);
    }
}
