using OtpNet;

namespace ExpenseIQ.Tests.Running;

/// <summary>What somebody has on the phone: it knows the key and shows codes.</summary>
internal sealed class AuthenticatorApp(string key, TimeProvider time)
{
    private const int StepSeconds = 30;

    /// <summary>The recovery codes that came with it.</summary>
    public IReadOnlyList<string> Recovery { get; private init; } = [];

    /// <summary>The code of the present step, or of one some steps away.</summary>
    public string Code(int steps = 0) => new Totp(Base32Encoding.ToBytes(key)).ComputeTotp(time.GetUtcNow().UtcDateTime.AddSeconds(StepSeconds * steps));

    /// <summary>Turns codes on for whoever is signed in at the browser.</summary>
    public static async Task<AuthenticatorApp> SetUpAsync(Browser browser, TimeProvider? time = null)
    {
        var page = (await browser.GetAsync("/settings/security/codes")).MustBe(200);
        var app = new AuthenticatorApp(page.TextOf("code.key").Replace(" ", "", StringComparison.Ordinal), time ?? TimeProvider.System);
        var done = (await browser.PostAsync("/settings/security/codes", Browser.Fill(page, ("code", app.Code())))).MustBe(200);
        return new AuthenticatorApp(page.TextOf("code.key").Replace(" ", "", StringComparison.Ordinal), time ?? TimeProvider.System)
        {
            Recovery = [.. done.Page.QuerySelectorAll(".recovery-codes code").Select(code => code.TextContent)],
        };
    }
}
