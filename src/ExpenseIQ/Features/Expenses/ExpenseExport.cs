using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using ExpenseIQ.Database;
using ExpenseIQ.Domain;
using ExpenseIQ.Features.Accounts;
using ExpenseIQ.Features.Shared;
using ExpenseIQ.Web;

namespace ExpenseIQ.Features.Expenses;

/// <summary>GET /expenses/export/csv: all rows that the filters select, sent as they are read.</summary>
internal static class ExpenseExport
{
    public static void MapExpenseExport(this IEndpointRouteBuilder app) =>
        app.MapMethods("/expenses/export/csv", [HttpMethods.Get, HttpMethods.Head], ExportAsync)
            .RequireAuthorization()
            .DisableRequestTimeout(); // a long history over a slow line takes as long as it takes

    private static async Task<IResult> ExportAsync(
        HttpContext context, ExpenseDatabase database, SecurityLog log, CurrentUser user, CancellationToken cancellationToken)
    {
        var errors = new FormErrors();
        // The list shows what is wrong with the filters.
        if (ExpenseFilterForm.Read(context.Request.Query).Check(user.Culture, errors) is not { } filter)
            return Results.Redirect(context.Request.PathBase + "/expenses" + context.Request.QueryString);

        if (HttpMethods.IsGet(context.Request.Method)) await log.RecordAsync(user.Id, SecurityEvent.ExpensesExported, Visitor.Of(context), "CSV");
        var categories = (await database.ListCategoriesAsync(user.Id, cancellationToken)).ToDictionary(row => row.Id, row => row.Name);
        var rows = await database.StreamExpensesAsync(user.Id, filter, cancellationToken);
        context.Response.Headers.CacheControl = "private, no-store";
        return Results.Stream(
            body => WriteAsync(body, rows, categories, cancellationToken),
            "text/csv; charset=utf-8",
            $"expenses-{Dates.ToInput(user.Today)}.csv");
    }

    /// <summary>CSV by RFC 4180. A cell that a spreadsheet would run as a formula gets an apostrophe before it.</summary>
    private static async Task WriteAsync(
        Stream body, IAsyncEnumerable<ExpenseItem> rows, Dictionary<long, string> categories, CancellationToken cancellationToken)
    {
        var format = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            NewLine = "\r\n",
            InjectionOptions = InjectionOptions.Escape,
            InjectionCharacters = ['=', '@', '+', '-', '\t', '\r'],
            InjectionEscapeCharacter = '\'',
        };
        await using var text = new StreamWriter(body);
        await using var csv = new CsvWriter(text, format);
        foreach (var head in new[] { "id", "date", "category", "description", "amount" }) csv.WriteField(head);
        await csv.NextRecordAsync();
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            csv.WriteField(row.Id);
            csv.WriteField(Dates.ToInput(row.Date));
            csv.WriteField(categories.GetValueOrDefault(row.CategoryId, ""));
            csv.WriteField(row.Description);
            csv.WriteField(row.Amount.ToString());
            await csv.NextRecordAsync();
        }
    }
}
