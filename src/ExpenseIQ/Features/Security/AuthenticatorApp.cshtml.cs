using System.Security.Cryptography;
using ExpenseIQ.Database;
using ExpenseIQ.Features.Accounts;
using ExpenseIQ.Features.Shared;
using ExpenseIQ.Web;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;
using QRCoder;

namespace ExpenseIQ.Features.Security;

/// <summary>GET and POST /settings/security/codes: turns codes of an authenticator app on and off, makes new recovery codes.</summary>
[ConfirmedOnly]
internal sealed class AuthenticatorAppModel(
    SecuritySettings security, Codes codes, RecoveryCodes recovery, SecurityLog log, ExpenseDatabase database, IDataProtectionProvider protection, CurrentUser user) : FormPage
{
    private const int PixelsAModule = 6;

    /// <summary>The key travels through the form, sealed for this account, until the app has shown that it has it.</summary>
    private readonly IDataProtector sealing = protection.CreateProtector("ExpenseIQ.NewCodesKey", $"{user.Id}");

    public bool IsOn { get; private set; }

    /// <summary>The new key, for apps that can't read the picture: Base32, in groups of four.</summary>
    public string KeyText => string.Join(' ', key.Chunk(4).Select(group => new string(group)));

    /// <summary>The new key as the form carries it.</summary>
    public string SealedKey => sealing.Protect(key);

    /// <summary>The picture for the app, a PNG as a data address.</summary>
    public string Picture
    {
        get
        {
            using var data = QRCodeGenerator.GenerateQrCode(Codes.AddressOf(key, user.Username), QRCodeGenerator.ECCLevel.M);
            using var picture = new PngByteQRCode(data);
            return "data:image/png;base64," + Convert.ToBase64String(picture.GetGraphic(PixelsAModule));
        }
    }

    /// <summary>New recovery codes, shown this once; null: none were made.</summary>
    public IReadOnlyList<string>? Recovery { get; private set; }

    private string key = "";

    public async Task OnGetAsync(CancellationToken cancellationToken) => await ReadStateAsync(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await ReadFormAsync(cancellationToken);
        var visitor = Visitor.Of(HttpContext);
        switch (Request.Form.Text("act"))
        {
            case "on" when !IsOn:
                Recovery = await codes.TurnOnAsync(user, key, Request.Form.Text("code"), visitor);
                if (Recovery is null)
                {
                    Errors.Add("code", "This is not the code that the app shows now. Is the clock of the device right?");
                    return Again();
                }
                IsOn = true;
                return Page();
            case "off" when IsOn:
                await codes.TurnOffAsync(user.Id, visitor);
                return Redirect("~/settings/security?done=codes-off");
            case "recovery" when IsOn:
                Recovery = RecoveryCodes.Create();
                await database.WriteAsync(
                    async _ =>
                    {
                        await recovery.ReplaceAsync(user.Id, Recovery);
                        return await database.ExecuteAsync(log.Row(user.Id, SecurityEvent.RecoveryCodesMade, visitor), CancellationToken.None);
                    },
                    CancellationToken.None);
                return Page();
            default:
                return Redirect("~/settings/security/codes");
        }
    }

    public override async Task ReadFormAsync(CancellationToken cancellationToken)
    {
        await ReadStateAsync(cancellationToken);
        try
        {
            key = sealing.Unprotect(Request.Form.Text("key"));
        }
        catch (CryptographicException)
        {
            // None was sent, or it was not ours: the form has a new one.
        }
    }

    private async Task ReadStateAsync(CancellationToken cancellationToken)
    {
        IsOn = (await security.OfAsync(user.Id, cancellationToken)).AsksForCode;
        key = Codes.CreateKey();
    }
}
