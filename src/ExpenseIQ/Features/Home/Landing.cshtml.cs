using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExpenseIQ.Features.Home;

public sealed class LandingModel : PageModel
{
    public IActionResult OnGet() => User.Identity is { IsAuthenticated: true } ? Redirect("~/dashboard") : Page();
}
