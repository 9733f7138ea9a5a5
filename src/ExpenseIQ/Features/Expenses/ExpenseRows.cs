using System.Globalization;
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
    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        var categories = new Dictionary<long, string>();
        var totals = byDay ? TotalsByDay() : [];
        var (day, date, dateInput) = (default(DateOnly), "", "");
        var list = $"{site}/expenses";
        if (!byDay) Write("<tbody>");
        foreach (var item in page.Items)
        {
            if (!categories.TryGetValue(item.CategoryId, out var category))
                categories[item.CategoryId] = category = encoder.Encode(categoryName(item.CategoryId));
            if (item.Date != day)
            {
                if (byDay && day != default) Write("</tbody>");
                (day, date, dateInput) = (item.Date, encoder.Encode(formats.Date(item.Date)), Dates.ToInput(item.Date));
                if (byDay)
                {
                    Write($"""<tbody data-day="{dateInput}"><tr class="day"><th scope="rowgroup" colspan="2"><time datetime="{dateInput}">{encoder.Encode(formats.Day(day))}</time></th>""");
                    Write($"""<td class="amount money">{encoder.Encode(formats.Amount(totals[day]))}</td><td></td></tr>""");
                }
            }
            var id = item.Id.ToString(CultureInfo.InvariantCulture);
            var title = item.Description.Length > 0 ? encoder.Encode(item.Description) : category;
            var amount = encoder.Encode(formats.Amount(item.Amount));
            var colour = Palette.Index(item.CategoryId).ToString(CultureInfo.InvariantCulture);

            Write($"""<tr id="e{id}" data-id="{id}">""");
            if (!byDay) Write($"""<td class="date"><time datetime="{dateInput}">{date}</time></td>""");
            Write($"""<td class="description"><a href="{list}/{id}/edit"><bdi>{title}</bdi></a></td>""");
            Write($"""<td class="category-cell"><span class="category" data-category="{colour}"><bdi>{category}</bdi></span></td>""");
            Write($"""<td class="amount money">{amount}</td>""");
            Write($"""<td class="actions"><a class="icon-button edit" href="{list}/{id}/edit" aria-label="Edit {title}">{icons.Of("edit")}</a>""");
            Write($"""<a class="icon-button icon-button-danger" href="{list}/{id}/delete" aria-label="Delete {title}" data-delete>{icons.Of("delete")}</a></td></tr>""");
        }
        Write("</tbody>");
        void Write(string html) => writer.Write(html);
    }

    private Dictionary<DateOnly, Money> TotalsByDay() => page.Items.GroupBy(item => item.Date)
        .ToDictionary(day => day.Key, day => page.SplitDays.TryGetValue(day.Key, out var whole) ? whole : new Money(day.Sum(item => item.Amount.Minor)));
}
