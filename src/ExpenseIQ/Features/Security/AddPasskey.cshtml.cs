using ExpenseIQ.Features.Accounts;
using ExpenseIQ.Features.Shared;
using ExpenseIQ.Web;
using Microsoft.AspNetCore.Mvc;

namespace ExpenseIQ.Features.Security;

/// <summary>GET and POST /settings/security/passkeys: gives a new passkey a name and keeps it.</summary>
[ConfirmedOnly]
internal sealed class AddPasskeyModel(Passkeys passkeys, CurrentUser user) : FormPage
{
    public string Name { get; private set; } = "";

    public void OnGet() => Name = DeviceName.Of(Visitor.Of(HttpContext).UserAgent);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await ReadFormAsync(cancellationToken);
        if (Name.Length == 0) Errors.Add("name", "Give it a name, so that you know it again.");
        else if (Name.Length > Passkeys.LongestName) Errors.Add("name", $"A name has at most {Passkeys.LongestName} characters.");
        if (Errors.Any) return Again();
        if (await passkeys.AddAsync(HttpContext, user, Name, Request.Form.Text("credential"), Request.Form.Text("state")) is { } problem)
        {
            Errors.Add("", problem);
            return Again();
        }
        return Redirect("~/settings/security?done=passkey");
    }

    public override Task ReadFormAsync(CancellationToken cancellationToken)
    {
        Name = Request.Form.Text("name").Trim();
        return Task.CompletedTask;
    }
}
