using System.Security.Cryptography;
using System.Text.Json;
using ExpenseIQ.Features.Errors;
using Microsoft.AspNetCore.DataProtection;

namespace ExpenseIQ.Features.Shared;

/// <summary>
/// What somebody typed into a form and sent after the session had ended: it travels through the sign-in page, encrypted, in
/// the address to go on to, and is in the form again afterwards.
/// </summary>
internal static class Draft
{
    private const string Parameter = "draft";
    private const int LargestDraft = 4000;
    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(12);

    /// <summary>The path to go on to after signing in, with what was typed where a form was sent.</summary>
    public static async Task<string> KeepAsync(HttpContext context)
    {
        var request = context.Request;
        var path = request.PathBase + request.Path;
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) return path + request.QueryString;
        if (!request.HasFormContentType) return path;

        try
        {
            var form = await request.ReadFormAsync(context.RequestAborted);
            var typed = form.Where(field => field.Key != "csrf_token" && !SentForm.IsSecret(field.Key)).ToDictionary(field => field.Key, field => field.Value.ToString());
            var json = JsonSerializer.Serialize(typed);
            return json.Length > LargestDraft ? path : path + QueryString.Create(Parameter, Protector(context).Protect(json, KeptFor));
        }
        catch (Exception exception) when (FormText.IsUnreadable(exception))
        {
            return path;
        }
    }

    /// <summary>The typed text of a field, or null where the address carries no draft that can be read.</summary>
    public static Func<string, string>? Find(HttpContext context)
    {
        if (context.Request.Query.Text(Parameter) is not { Length: > 0 } text) return null;
        try
        {
            var typed = JsonSerializer.Deserialize<Dictionary<string, string>>(Protector(context).Unprotect(text));
            return field => typed?.GetValueOrDefault(field) ?? "";
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>A draft opens in the form that it was typed into and in no other.</summary>
    private static ITimeLimitedDataProtector Protector(HttpContext context) =>
        context.RequestServices.GetRequiredService<IDataProtectionProvider>().CreateProtector("Draft", context.Request.Path.ToString().ToLowerInvariant()).ToTimeLimitedDataProtector();
}
