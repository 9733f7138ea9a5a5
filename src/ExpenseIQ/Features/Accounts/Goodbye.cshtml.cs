using ExpenseIQ.Features.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExpenseIQ.Features.Accounts;

/// <summary>GET /goodbye: where whoever deleted the account ends.</summary>
internal sealed class GoodbyeModel : PageModel
{
    /// <summary>Whether some rows are still there, to go within minutes.</summary>
    public bool HasRest { get; private set; }

    public IActionResult OnGet()
    {
        HasRest = Request.Query.Text("rest").Length > 0;
        return User.Identity is { IsAuthenticated: true } ? Redirect("~/dashboard") : Page();
    }
}
