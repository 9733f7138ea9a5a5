using ExpenseIQ.Features.Errors;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExpenseIQ.Features.Shared;

/// <summary>
/// Stands before each page: only the verbs that it has, only forms that can be read, only with this site's token. A form whose
/// token does not fit (it was open for long, or somebody signed in meanwhile) is shown again with all that was typed.
/// </summary>
internal sealed class FormGuard(IAntiforgery antiforgery) : IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (context.HandlerInstance is ErrorModel)
        {
            await next();
            return;
        }
        var http = context.HttpContext;
        if (context.HandlerMethod is null)
        {
            context.Result = new StatusCodeResult(StatusCodes.Status405MethodNotAllowed);
            return;
        }
        if (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method))
        {
            await next();
            return;
        }
        if (!await CanReadFormAsync(http))
        {
            context.Result = new StatusCodeResult(StatusCodes.Status400BadRequest);
            return;
        }
        if (await antiforgery.IsRequestValidAsync(http))
        {
            await next();
            return;
        }
        context.Result = new StatusCodeResult(StatusCodes.Status400BadRequest);
        if (context.HandlerInstance is not FormPage page) return;

        page.Errors.Add("", "This form had been open for too long, or you signed in or out meanwhile. Nothing was saved: please send it again.");
        await page.ReadFormAsync(http.RequestAborted);
        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        context.Result = page.Page();
    }

    private static async Task<bool> CanReadFormAsync(HttpContext http)
    {
        if (!http.Request.HasFormContentType) return false;
        try
        {
            await http.Request.ReadFormAsync(http.RequestAborted);
            return true;
        }
        catch (Exception exception) when (FormText.IsUnreadable(exception))
        {
            return false;
        }
    }
}
