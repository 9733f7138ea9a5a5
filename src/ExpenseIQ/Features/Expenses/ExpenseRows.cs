using System.Globalization;
using System.Text.Encodings.Web;
using ExpenseIQ.Domain;
using ExpenseIQ.Features.Shared;
using ExpenseIQ.Web;
using Microsoft.AspNetCore.Html;

namespace ExpenseIQ.Features.Expenses;

/// <summary>
/// The rows of the list. Fifty of them are most of the work of the page, so they are written straight into the answer and each text
/// is formatted and encoded once, where a template would do it for each place that it stands in.
/// </summary>
public sealed class ExpenseRows(IReadOnlyList<ExpenseItem> items, Func<long, string> categoryName, Formats formats) : IHtmlContent
{
    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        var categories = new Dictionary<long, string>();
        var (day, date, dateInput) = (default(DateOnly), "", "");
        foreach (var item in items)
        {
            if (!categories.TryGetValue(item.CategoryId, out var category))
                categories[item.CategoryId] = category = encoder.Encode(categoryName(item.CategoryId));
            if (item.Date != day) (day, date, dateInput) = (item.Date, encoder.Encode(formats.Date(item.Date)), Dates.ToInput(item.Date));
            var id = item.Id.ToString(CultureInfo.InvariantCulture);
            var title = item.Description.Length > 0 ? encoder.Encode(item.Description) : category;
            var amount = encoder.Encode(formats.Amount(item.Amount));
            var colour = Palette.Index(item.CategoryId).ToString(CultureInfo.InvariantCulture);

            Write($"""<tr data-id="{id}"><td class="date"><time datetime="{dateInput}">{date}</time></td>""");
            Write($"""<td class="description"><a href="/expenses/{id}/edit"><bdi>{title}</bdi></a></td>""");
            Write($"""<td class="category-cell"><span class="category" data-category="{colour}"><bdi>{category}</bdi></span></td>""");
            Write($"""<td class="amount money">{amount}</td>""");
            Write($"""<td class="actions"><a class="icon-button edit" href="/expenses/{id}/edit" aria-label="Edit {title}">{Icon.Of("edit")}</a>""");
            Write($"""<a class="icon-button icon-button-danger" href="/expenses/{id}/delete" aria-label="Delete {title}" data-delete data-description="{title}" """);
            Write($"""data-amount="{amount}" data-category-name="{category}" data-date="{date}">{Icon.Of("delete")}</a></td></tr>""");
        }
        void Write(string html) => writer.Write(html);
    }
}
