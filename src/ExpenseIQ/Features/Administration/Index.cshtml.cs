using ExpenseIQ.Database;
using ExpenseIQ.Features.Shared;
using ExpenseIQ.Web;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExpenseIQ.Features.Administration;

/// <summary>GET /admin: who has an account here, with how much in it, and what administrators did.</summary>
internal sealed class IndexModel(ExpenseDatabase database, CurrentUser user) : PageModel
{
    public IReadOnlyList<Person> People { get; private set; } = [];

    public IReadOnlyList<RecordedAct> Acts { get; private set; } = [];

    public SiteTotals Site { get; private set; } = new(0, 0, 0, 0);

    public string Search { get; private set; } = "";

    public string? PreviousPage { get; private set; }

    public string? NextPage { get; private set; }

    /// <summary>What was done just now, in words; null: nothing.</summary>
    public string? Done { get; private set; }

    public Formats Formats => user.Formats;

    public bool IsOneself(Person person) => person.Id == user.Id;

    public string Day(DateTime utc) => user.Day(utc);

    public string Time(DateTime utc) => user.Moment(utc);

    /// <summary>In the person's currency, as the administrator writes numbers.</summary>
    public string Total(Person person) => Formats.Of(user.Culture.Name, person.Currency).Amount(person.Total);

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Done = Request.Query.Text("done") switch
        {
            "promote" => "Made administrator",
            "demote" => "Administrator no more",
            "disable" => "Account disabled",
            "enable" => "Account enabled",
            _ => null,
        };
        Search = Request.Query.Text("search").Trim();
        var (after, before) = (Request.Query.Text("after"), Request.Query.Text("before"));
        var isBack = after.Length == 0 && before.Length > 0;
        var found = await database.ListPeopleAsync(Search, isBack ? before : after, isBack, cancellationToken);
        var hasMore = found.Count > PeopleQueries.PageSize;
        People = hasMore ? isBack ? found[1..] : found[..^1] : found;
        if (People.Count > 0)
        {
            if (isBack ? hasMore : after.Length > 0) PreviousPage = Query("before", People[0].Username);
            if (isBack || hasMore) NextPage = Query("after", People[^1].Username);
        }
        Site = await database.SumSiteAsync(cancellationToken);
        Acts = await database.ListActsAsync(cancellationToken);
    }

    private string Query(string direction, string name)
    {
        var query = QueryString.Create(direction, name);
        return (Search.Length > 0 ? query.Add("search", Search) : query).ToString();
    }
}
