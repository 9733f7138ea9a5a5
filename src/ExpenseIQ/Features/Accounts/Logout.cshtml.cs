using ExpenseIQ.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace ExpenseIQ.Features.Accounts;

/// <summary>Signs out at once when a page of this site sent the browser here; asks first when anything else did.</summary>
internal sealed class LogoutModel(Sessions sessions) : FormPage
{
    public async Task<IActionResult> OnGetAsync()
    {
        if (User.Identity is not { IsAuthenticated: true }) return Redirect("~/");
        return ComesFromThisSite() ? await SignOutAsync() : Page();
    }

    public Task<IActionResult> OnPostAsync() => SignOutAsync();

    public override Task ReadFormAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<IActionResult> SignOutAsync()
    {
        await sessions.EndAsync(HttpContext);
        return Redirect("~/");
    }

    /// <summary>By the browser's own word (Fetch Metadata); by the Referer where the browser says nothing.</summary>
    private bool ComesFromThisSite()
    {
        if (Request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site) return site == "same-origin";
        return Uri.TryCreate(Request.Headers.Referer, UriKind.Absolute, out var referer) && referer.Authority == Request.Host.Value;
    }
}
