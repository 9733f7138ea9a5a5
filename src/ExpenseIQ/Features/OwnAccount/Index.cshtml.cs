using ExpenseIQ.Features.Security;
using ExpenseIQ.Features.Shared;
using ExpenseIQ.Web;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExpenseIQ.Features.OwnAccount;

/// <summary>GET /settings/account: the address, everything to take along, the way out.</summary>
internal sealed class IndexModel(SecuritySettings security, EmailAddresses addresses, CurrentUser user) : PageModel
{
    public string Username => user.Username;

    public string Email { get; private set; } = "";

    /// <summary>The address that is still to be proven; null: none.</summary>
    public string? AskedFor { get; private set; }

    /// <summary>What was done just now, in words; null: nothing.</summary>
    public string? Done { get; private set; }

    /// <summary>Whether whoever sits there came back from proving who they are, for the download.</summary>
    public bool MayDownload { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Done = Request.Query.Text("done") switch
        {
            "email" => "E-mail address changed",
            "email-asked" => "Look into your mail",
            _ => null,
        };
        MayDownload = Request.Query.Text("download").Length > 0;
        Email = (await security.OfAsync(user.Id, cancellationToken)).Email;
        if (addresses.AreProven) AskedFor = await addresses.FindAskedForAsync(user.Id, cancellationToken);
    }
}
