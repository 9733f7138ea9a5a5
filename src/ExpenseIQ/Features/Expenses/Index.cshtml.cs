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

    /// <summary>The same page with so many rows more; null where there are no more, or the page is as long as it can be.</summary>
    public string? LongerPage { get; private set; }

    /// <summary>Only the rows that the longer page has more, for a script that puts them under those that are there.</summary>
    public string? MoreRows { get; private set; }

    /// <summary>The filters in use, each with the way out of it.</summary>
    public IReadOnlyList<FilterChip> Chips { get; private set; } = [];

    /// <summary>What a form did that led here.</summary>
    public Done? Done { get; private set; }

    public Formats Formats => user.Formats;

    public bool SortsByAmount => Filter.Sort.StartsWith("amount", StringComparison.Ordinal);

    /// <summary>Whether sample expenses are in the list.</summary>
    public bool HasSamples => user.HasSamples;

    /// <summary>The order of the list, within a sentence.</summary>
    public string SortName => SortNames.FirstOrDefault(sort => sort.Value == Filter.Sort, SortNames[0]).Text.ToLowerInvariant();

    /// <summary>The periods keep the other filters, or lead out of them where they can't be read.</summary>
    public IReadOnlyList<Period> Presets => Period.Of(user.Today, Formats, Errors.Any ? null : Filter);

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
        // With a place, `show` says how long the page already is that these rows are put under.
        var shown = ReadRows();
        var rows = place is null ? shown : ExpenseQueries.PageSize;
        List = await database.ListExpensesAsync(user.Id, filter, place, rows, new ExpenseTotal(user.ExpenseCount, user.Total), cancellationToken);
        Done = await database.FindDoneAsync(user, Request, cancellationToken);
        Chips = FilterChip.Of(Filter, filter, CategoryName, Formats);
        if (List is { HasPrevious: true, Items: [var first, ..] }) PreviousPage = Filter.ToQuery("before", ExpensePlace.Of(first, filter));
        if (List is { HasNext: true, Items: [.., var last] }) NextPage = Filter.ToQuery("after", ExpensePlace.Of(last, filter));
        if (NextPage is not null && shown < ExpenseQueries.LargestPage && (place is null || Request.Query.ContainsKey("show")))
        {
            var longer = $"{shown + ExpenseQueries.PageSize}";
            (LongerPage, MoreRows) = (Filter.ToQuery("show", longer), $"{NextPage}&show={longer}");
        }
        return Page();
    }

    public string CategoryName(long id) => Categories.FirstOrDefault(category => category.Id == id)?.Name ?? "";

    /// <summary>What asks the list for the other order of a column, and how the column is sorted now, for aria-sort.</summary>
    public (string Query, string? Direction) SortBy(string column)
    {
        var present = Filter.Sort.Length > 0 ? Filter.Sort : ExpenseFilterForm.Sorts[0];
        var direction = present == column + "_desc" ? "descending" : present == column + "_asc" ? "ascending" : null;
        var there = Filter with { Sort = column + (direction == "descending" ? "_asc" : "_desc") };
        return (there.ToQuery(), direction);
    }

    /// <summary>How many rows the address asks for: pages that were read on, one after the other. Anything else is one page.</summary>
    private int ReadRows() => int.TryParse(Request.Query.Text("show"), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var rows)
        && rows % ExpenseQueries.PageSize == 0
        ? Math.Clamp(rows, ExpenseQueries.PageSize, ExpenseQueries.LargestPage)
        : ExpenseQueries.PageSize;
}
