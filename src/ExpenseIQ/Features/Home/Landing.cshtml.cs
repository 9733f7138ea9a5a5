using ExpenseIQ.Features.Accounts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExpenseIQ.Features.Home;

internal sealed class LandingModel(Registration registration) : PageModel
{
    /// <summary>Whether nobody can make an account.</summary>
    public bool IsClosed { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (User.Identity is { IsAuthenticated: true }) return Redirect("~/dashboard");
        IsClosed = await registration.IsClosedAsync(cancellationToken);
        return Page();
    }
}
