using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using ExpenseIQ.Domain;
using ExpenseIQ.Features.Shared;
using ExpenseIQ.Web;
using Microsoft.AspNetCore.Html;

namespace ExpenseIQ.Features.Expenses;

/// <summary>
/// The rows of the list, in a table body a day where they are in the order of days. Fifty of them are most of the work of the page, so
/// they are written straight into the answer and each text is formatted and encoded once, where a template would do it for each place
/// that it stands in.
/// </summary>
public sealed class ExpenseRows(Site site, Icons icons, ExpensePage page, Func<long, string> categoryName, Formats formats, bool byDay) : IHtmlContent
{
    private const int LengthOfRow = 1024; // characters, about

    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        var categories = new Dictionary<long, string>();
        var (html, plain) = (new StringBuilder(LengthOfRow), CultureInfo.InvariantCulture);
        var (day, date, dateInput) = (default(DateOnly), "", "");
        if (!byDay) html.Append("<tbody>");
        for (var index = 0; index < page.Items.Count; index++)
        {
            var item = page.Items[index];
            if (!categories.TryGetValue(item.CategoryId, out var category))
                categories[item.CategoryId] = category = encoder.Encode(categoryName(item.CategoryId));
            if (item.Date != day)
            {
                if (byDay && day != default) html.Append("</tbody>");
                (day, date, dateInput) = (item.Date, encoder.Encode(formats.Date(item.Date)), Dates.ToInput(item.Date));
                if (byDay)
                {
                    html.Append(plain, $"""<tbody data-day="{dateInput}"><tr class="day"><th scope="rowgroup" colspan="2"><time datetime="{dateInput}">{encoder.Encode(formats.Day(day))}</time></th>""");
                    html.Append(plain, $"""<td class="amount money">{encoder.Encode(formats.Amount(TotalOf(day, index)))}</td><td></td></tr>""");
                }
            }
            var address = string.Create(plain, $"{site}/expenses/{item.Id}");
            var title = item.Description.Length > 0 ? encoder.Encode(item.Description) : category;
            var amount = encoder.Encode(formats.Amount(item.Amount));

            html.Append(plain, $"""<tr id="e{item.Id}" data-id="{item.Id}">""");
            if (!byDay) html.Append(plain, $"""<td class="date"><time datetime="{dateInput}">{date}</time></td>""");
            html.Append(plain, $"""<td class="description"><a href="{address}/edit"><bdi>{title}</bdi></a></td>""");
            html.Append(plain, $"""<td class="category-cell"><span class="category" data-category="{Palette.Index(item.CategoryId)}"><bdi>{category}</bdi></span></td>""");
            html.Append(plain, $"""<td class="amount money">{amount}</td>""");
            html.Append(plain, $"""<td class="actions"><a class="icon-button edit" href="{address}/edit" aria-label="Edit {title}">{icons.Of("edit")}</a>""");
            html.Append(plain, $"""<a class="icon-button icon-button-danger" href="{address}/delete" aria-label="Delete {title}" data-delete>{icons.Of("delete")}</a></td></tr>""");
            writer.Write(html);
            html.Clear();
        }
        writer.Write("</tbody>");
    }

    /// <summary>What was spent on a day, of which some rows may be on other pages.</summary>
    /// <param name="index">Where the rows of the day begin.</param>
    private Money TotalOf(DateOnly day, int index)
    {
        if (page.SplitDays.TryGetValue(day, out var whole)) return whole;
        var total = Money.Zero;
        for (; index < page.Items.Count && page.Items[index].Date == day; index++) total += page.Items[index].Amount;
        return total;
    }
}
