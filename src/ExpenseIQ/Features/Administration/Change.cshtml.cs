using System.Globalization;
using ExpenseIQ.Database;
using ExpenseIQ.Features.Accounts;
using ExpenseIQ.Features.Shared;
using ExpenseIQ.Web;
using Microsoft.AspNetCore.Mvc;

namespace ExpenseIQ.Features.Administration;

/// <summary>GET and POST /admin/users/{id}/promote, demote, disable, enable: says what that means for somebody, and does it.</summary>
[ConfirmedOnly]
internal sealed class ChangeModel(ExpenseDatabase database, Administrators administrators, CurrentUser user) : FormPage
{
    private static readonly Dictionary<string, Act> Acts = Enum.GetValues<Act>().ToDictionary(act => act.ToString().ToLowerInvariant(), act => act, StringComparer.Ordinal);

    public Person? Person { get; private set; }

    public Act Act { get; private set; }

    public string Path { get; private set; } = "";

    public string Name => Person?.Username ?? "";

    public string Question => Act switch
    {
        Act.Promote => $"Make {Name} an administrator?",
        Act.Demote => $"Remove the administrator’s role of {Name}?",
        Act.Disable => $"Disable the account of {Name}?",
        _ => $"Enable the account of {Name}?",
    };

    public string Meaning => Act switch
    {
        Act.Promote => "Administrators see who has an account here, make others administrators, and disable accounts. Nobody’s expenses are shown to them.",
        Act.Demote => "What is in the account stays as it is.",
        Act.Disable => "All sessions of the account end at once, and nobody can sign in to it. What is in it stays.",
        _ => "Its owner can sign in again.",
    };

    public string Button => Act switch
    {
        Act.Promote => "Make administrator",
        Act.Demote => "Remove role",
        Act.Disable => "Disable",
        _ => "Enable",
    };

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        await ReadFormAsync(cancellationToken);
        return Person is null ? NotFound() : Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await ReadFormAsync(cancellationToken);
        if (Person is null) return NotFound();
        switch (await administrators.ActAsync(user.Id, Person.Id, Act, Visitor.Of(HttpContext)))
        {
            case ActResult.Done when Act == Act.Demote && Person.Id == user.Id:
                return Redirect("~/dashboard");
            case ActResult.Done:
                return Redirect("~/admin?done=" + Act.ToString().ToLowerInvariant());
            case ActResult.NotAllowed:
                return StatusCode(StatusCodes.Status403Forbidden);
            case ActResult.LastAdministrator:
                Errors.Add("", $"{Name} is the last administrator. Make somebody else one first.");
                return Again(StatusCodes.Status409Conflict);
            case ActResult.Oneself:
                Errors.Add("", "Nobody disables the own account.");
                return Again(StatusCodes.Status409Conflict);
            default:
                return NotFound();
        }
    }

    public override async Task ReadFormAsync(CancellationToken cancellationToken)
    {
        var id = long.Parse((string)RouteData.Values["id"]!, CultureInfo.InvariantCulture);
        var name = (string)RouteData.Values["act"]!;
        if (!Acts.TryGetValue(name, out var act)) return;
        (Act, Path) = (act, Request.PathBase + string.Create(CultureInfo.InvariantCulture, $"/admin/users/{id}/{name}"));
        Person = await database.FindPersonAsync(id, cancellationToken);
    }
}
