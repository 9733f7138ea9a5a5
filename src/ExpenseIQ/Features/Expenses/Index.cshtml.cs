using ExpenseIQ.Database;
using ExpenseIQ.Database.Tables;
using ExpenseIQ.Features.Shared;
using ExpenseIQ.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExpenseIQ.Features.Expenses;

[KeptByVersion]
public sealed class IndexModel(ExpenseDatabase database, CurrentUser user) : PageModel
{
    /// <summary>The orders, in the words of the page.</summary>
    public static readonly IReadOnlyList<(string Value, string Text)> SortNames =
        [.. ExpenseFilterForm.Sorts.Zip(["Newest first", "Oldest first", "Largest first", "Smallest first"])];

    public ExpenseFilterForm Filter { get; private set; } = new();

    public FormErrors Errors { get; } = new();

    public IReadOnlyList<Category> Categories => List.Categories;

    public ExpensePage List { get; private set; } = ExpensePage.Empty;

    public ExpenseTotal Total => List.Total;

    public string? PreviousPage { get; private set; }

    public string? NextPage { get; private set; }

    /// <summary>What was asked for, in words, where nothing was found.</summary>
    public string Asked { get; private set; } = "";

    public Formats Formats => user.Formats;

    public ExpenseRows Rows => new(List.Items, CategoryName, Formats);

    /// <summary>The order of the list, within a sentence.</summary>
    public string SortName => SortNames.FirstOrDefault(sort => sort.Value == Filter.Sort, SortNames[0]).Text.ToLowerInvariant();

    /// <summary>The periods keep the other filters, or lead out of them where they can't be read.</summary>
    public IReadOnlyList<Period> Presets => Period.Of(user.Today, Errors.Any ? null : Filter);

    public Alert? Alert => Alert.Of(Errors, "These filters can’t be read.");

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        Filter = ExpenseFilterForm.Read(Request.Query);
        var filter = Filter.Check(user.Culture, Errors);
        var place = filter is null ? null : ExpensePlace.Read(Request.Query, filter, Errors);
        if (filter is null || Errors.Any)
        {
            List = ExpensePage.Empty with { Categories = await database.ListCategoriesAsync(user.Id, cancellationToken) };
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page();
        }
        List = await database.ListExpensesAsync(user.Id, filter, place, new ExpenseTotal(user.ExpenseCount, user.Total), cancellationToken);
        if (Total.Count == 0) Asked = InWords(filter);
        if (List is { HasPrevious: true, Items: [var first, ..] }) PreviousPage = Filter.ToQuery("before", ExpensePlace.Of(first, filter));
        if (List is { HasNext: true, Items: [.., var last] }) NextPage = Filter.ToQuery("after", ExpensePlace.Of(last, filter));
        return Page();
    }

    public string CategoryName(long id) => Categories.FirstOrDefault(category => category.Id == id)?.Name ?? "";

    private string InWords(ExpenseFilter filter)
    {
        var words = new List<string>();
        if (Filter.Search.Length > 0) words.Add($"descriptions with “{Filter.Search}”");
        if (filter.CategoryIds.Count > 0) words.Add($"only {string.Join(" or ", filter.CategoryIds.Select(CategoryName).Where(name => name.Length > 0).DefaultIfEmpty("a category that is not there"))}");
        if (filter.From is { } from) words.Add($"from {Formats.Date(from)}");
        if (filter.To is { } to) words.Add($"until {Formats.Date(to)}");
        if (filter.Least is { } least) words.Add($"{Formats.Amount(least)} or more");
        if (filter.Most is { } most) words.Add($"{Formats.Amount(most)} or less");
        return string.Join(", ", words);
    }
}
