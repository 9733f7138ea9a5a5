using ExpenseIQ.Domain;
using ExpenseIQ.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace ExpenseIQ.Features.Accounts;

/// <summary>A page for whoever proved a short while ago who they are; all others are asked first (<c>/confirm</c>).</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ConfirmedOnlyAttribute : Attribute, IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (AskFirst(context.HttpContext) is { } address) context.Result = new RedirectResult(address);
        else await next();
    }

    /// <summary>Where to ask; null where that is not needed.</summary>
    public static string? AskFirst(HttpContext context)
    {
        var now = context.RequestServices.GetRequiredService<TimeProvider>().UtcNow();
        return context.Features.Get<CurrentUser>() is { } user && now - user.ConfirmedAt < Sessions.ConfirmedFor
            ? null
            : context.Request.PathBase + "/confirm" + QueryString.Create("next", context.Request.PathBase + context.Request.Path);
    }
}
