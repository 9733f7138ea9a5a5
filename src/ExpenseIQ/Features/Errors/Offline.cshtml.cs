using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExpenseIQ.Features.Errors;

/// <summary>The page for a browser that does not reach this server; the same for everybody.</summary>
public sealed class OfflineModel : PageModel
{
    /// <summary>Shows it; there is nothing to read.</summary>
    public void OnGet()
    {
    }
}
