using System.Globalization;
using CsCheck;
using ExpenseIQ.Features.Expenses;
using ExpenseIQ.Features.Shared;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace ExpenseIQ.Tests.Features.Expenses;

[Trait("Engine", "none")]
public sealed class FilterAddresses
{
    private static readonly Gen<string> Text = Gen.OneOf(Gen.Const(""), Gen.Char["aé🍜&=+%#?/ \"'<1-_.,"[..]].Array[0, 12].Select(letters => new string(letters)), Gen.String)
        .Select(text => System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text)).Trim());

    private static readonly Gen<ExpenseFilterForm> AnyForm = Gen.Select(Text, Text, Text.Where(text => text.Length > 0).Array[0, 3], Text, Text, Text, Text)
        .Select((from, to, categories, search, least, most, sort) => new ExpenseFilterForm
        {
            DateFrom = from,
            DateTo = to,
            CategoryIds = [.. categories.Distinct()],
            Search = search,
            AmountMin = least,
            AmountMax = most,
            Sort = sort,
        });

    [Fact]
    public void What_is_written_into_an_address_is_read_from_it_again() => AnyForm.Sample(form =>
    {
        var read = Read(form.ToQuery());
        return read with { CategoryIds = [] } == form with { CategoryIds = [] } && read.CategoryIds.SequenceEqual(form.CategoryIds);
    });

    [Fact]
    public void A_place_in_the_list_is_added_to_it() => AnyForm.Sample(form =>
    {
        var query = QueryHelpers.ParseQuery(form.ToQuery("after", "20241105_7"));
        return query["after"] == "20241105_7" && Read(form.ToQuery("after", "20241105_7")).Search == form.Search;
    });

    [Fact]
    public void Checking_never_throws_and_gives_a_filter_or_a_message() => AnyForm.Sample(form =>
    {
        var errors = new FormErrors();
        return form.Check(CultureInfo.GetCultureInfo("en-US"), errors) is null == errors.Any;
    });

    [Fact]
    public void A_place_is_read_or_named_whatever_it_is() => Gen.Select(Text, Text).Sample((after, before) =>
    {
        var errors = new FormErrors();
        var query = new QueryCollection(new Dictionary<string, Microsoft.Extensions.Primitives.StringValues> { ["after"] = after, ["before"] = before });
        var place = ExpensePlace.Read(query, new ExpenseFilter(), errors);
        return place is null || !errors.Any;
    });

    [Theory]
    [InlineData("2024-01-15", "2024-03-20", 202402, 202402)]
    [InlineData("2024-01-01", "2024-03-31", 202401, 202403)]
    [InlineData("2024-02-01", "2024-02-29", 202402, 202402)]
    [InlineData("2023-12-31", "2024-01-31", 202401, 202401)]
    [InlineData("2024-01-02", "2024-01-31", 0, 0)]
    [InlineData("2024-01-15", "2024-02-20", 0, 0)]
    public void Whole_months_are_those_that_lie_inside(string from, string to, int first, int last)
    {
        var months = WholeMonths.Within(DateOnly.Parse(from, CultureInfo.InvariantCulture), DateOnly.Parse(to, CultureInfo.InvariantCulture));
        Assert.Equal((first, last), (months?.First.Number ?? 0, months?.Last.Number ?? 0));
    }

    private static ExpenseFilterForm Read(string query) => ExpenseFilterForm.Read(new QueryCollection(QueryHelpers.ParseQuery(query)));
}
