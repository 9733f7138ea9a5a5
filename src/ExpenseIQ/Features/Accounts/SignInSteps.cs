using System.Globalization;
using System.Text;
using ExpenseIQ.Database;
using ExpenseIQ.Database.Tables;
using ExpenseIQ.Web;
using Microsoft.AspNetCore.Identity;

namespace ExpenseIQ.Features.Accounts;

/// <summary>What came of a try to prove who one is.</summary>
internal enum Proof
{
    Right,
    Wrong,

    /// <summary>The password was right, a code is missing.</summary>
    NeedsCode,

    /// <summary>Not looked at: too many were wrong before.</summary>
    TooSoon,

    /// <summary>Right, but the account is shut.</summary>
    Shut,

    /// <summary>The step before is too long ago, or was never taken.</summary>
    Expired,
}

/// <param name="Wait">How long the next try has to wait, where it was too soon.</param>
internal sealed record ProofResult(Proof Proof, TimeSpan Wait = default)
{
    /// <summary>What to tell whoever tried, where it was too soon.</summary>
    public string TooSoonMessage => string.Create(
        CultureInfo.InvariantCulture,
        $"Too many tries were wrong. Please wait {(Wait.TotalSeconds < 90 ? $"{Math.Ceiling(Wait.TotalSeconds)} seconds" : $"{Math.Ceiling(Wait.TotalMinutes)} minutes")}, then try again.");
}

/// <summary>
/// Signs in, in one step or two, and asks again before dangerous things. Each try counts before it is looked at (<see cref="Guesses"/>);
/// a name that nobody has takes the same way and the same time.
/// </summary>
internal sealed class SignInSteps(
    ExpenseDatabase database,
    UserManager<User> users,
    PasswordHasher hasher,
    Codes codes,
    RecoveryCodes recovery,
    Guesses guesses,
    Devices devices,
    Sessions sessions,
    OneTimeTokens tokens,
    SecurityLog log,
    Settings settings)
{
    public const string ShutMessage = "This account is shut. Whoever runs this site can open it again.";

    /// <summary>How long the code may take after the password.</summary>
    private static readonly TimeSpan StepLasts = TimeSpan.FromMinutes(10);

    /// <summary>What stands before the hash that the password was checked against, in the data of the step, where the session is to last.</summary>
    private const string Remember = "remember ";

    private readonly string stepCookie = SecureCookies.Name(settings, "expenseiq-step");

    /// <summary>With a name or an address, and the password.</summary>
    public async Task<ProofResult> WithPasswordAsync(HttpContext context, string name, string password, bool remember, CancellationToken cancellationToken)
    {
        var user = await FindAsync(name);
        var visitor = Visitor.Of(context);
        var device = await devices.FindAsync(context, user?.Id ?? 0, cancellationToken);
        var limits = LimitsOf(user, name, device, visitor);
        var wait = await guesses.TryAsync(limits);
        if (wait > TimeSpan.Zero) return new ProofResult(Proof.TooSoon, wait);

        if (user is null) hasher.VerifyNobody(password);
        if (user is null || await CheckAsync(user, password) is not { } hash)
        {
            // For a name that nobody has too: what is written takes the same time.
            await log.RecordAsync(user?.Id, SecurityEvent.SignInFailed, visitor);
            return new ProofResult(Proof.Wrong);
        }
        await guesses.ForgiveAsync(limits[0], limits);
        if (user.IsShut) return new ProofResult(Proof.Shut);
        if (!user.AsksForCode) return await StartAsync(context, user.Id, SignInMethod.Password, remember, leaveOutCode: false, hash);
        if (device is { NeedsNoCode: true }) return await StartAsync(context, user.Id, SignInMethod.PasswordOnKnownDevice, remember, leaveOutCode: false, hash);

        var token = await tokens.CreateAsync(user.Id, OneTimePurpose.Code, (remember ? Remember : "") + hash, StepLasts, replaces: false);
        context.Response.Cookies.Append(stepCookie, token, new CookieOptions { MaxAge = StepLasts, IsEssential = true });
        return new ProofResult(Proof.NeedsCode);
    }

    /// <summary>Whether the password was right a short while ago on this browser, and a code is missing.</summary>
    public async Task<bool> IsWaitingForCodeAsync(HttpContext context, CancellationToken cancellationToken) =>
        await tokens.FindAsync(context.Request.Cookies[stepCookie], OneTimePurpose.Code, cancellationToken) is not null;

    /// <summary>With a code of the app or for recovery, after the password.</summary>
    /// <param name="leaveOutCode">Whether to ask for no code on this browser for a while.</param>
    public async Task<ProofResult> WithCodeAsync(HttpContext context, string code, bool leaveOutCode, CancellationToken cancellationToken)
    {
        var token = context.Request.Cookies[stepCookie];
        if (await tokens.FindAsync(token, OneTimePurpose.Code, cancellationToken) is not { } step) return new ProofResult(Proof.Expired);
        var device = await devices.FindAsync(context, step.UserId, cancellationToken);
        var limit = GuessLimit.OfCodes(step.UserId, device?.Hash);
        var wait = await guesses.TryAsync([limit]);
        if (wait > TimeSpan.Zero) return new ProofResult(Proof.TooSoon, wait);
        if (await UseCodeAsync(step.UserId, code, Visitor.Of(context)) is not { } method) return new ProofResult(Proof.Wrong);
        await guesses.ForgiveAsync(limit, []);
        if (!await database.WriteOnceAsync(_ => tokens.UseAsync(token!, OneTimePurpose.Code), CancellationToken.None)) return new ProofResult(Proof.Expired);
        context.Response.Cookies.Delete(stepCookie);
        var remember = step.Data.StartsWith(Remember, StringComparison.Ordinal);
        return await StartAsync(context, step.UserId, method, remember, leaveOutCode, remember ? step.Data[Remember.Length..] : step.Data);
    }

    /// <summary>With a passkey that was verified: it is both something that one has and something that one is or knows.</summary>
    public Task<ProofResult> WithPasskeyAsync(HttpContext context, long userId, bool remember) =>
        StartAsync(context, userId, SignInMethod.Passkey, remember, leaveOutCode: false);

    /// <summary>Whoever is signed in proves once more who they are: with the password and, where codes are on, one of them.</summary>
    public async Task<ProofResult> ConfirmAsync(HttpContext context, CurrentUser user, string password, string code)
    {
        var limit = GuessLimit.OfConfirmation(user.SessionKey);
        var visitor = Visitor.Of(context);
        var wait = await guesses.TryAsync([limit]);
        if (wait > TimeSpan.Zero) return new ProofResult(Proof.TooSoon, wait);
        if (await users.FindByNameAsync(user.Username) is not { } account || !await users.CheckPasswordAsync(account, password))
        {
            await log.RecordAsync(user.Id, SecurityEvent.ConfirmationFailed, visitor);
            return new ProofResult(Proof.Wrong);
        }
        // It is one try of this session, password and code together: whoever tries codes elsewhere does not keep the owner from this.
        if (account.AsksForCode && await UseCodeAsync(user.Id, code, visitor) is null) return new ProofResult(Proof.NeedsCode);
        await guesses.ForgiveAsync(limit, []);
        await sessions.ConfirmAsync(context, user);
        return new ProofResult(Proof.Right);
    }

    /// <returns>The hash that the password was right for; null: it is wrong.</returns>
    private async Task<string?> CheckAsync(User user, string password)
    {
        var before = user.Password;
        if (!await users.CheckPasswordAsync(user, password)) return null;
        if (user.Password == before) return before;
        // The cost was raised, and the hash made anew: where two sign in at once, the other one's may have been kept.
        var kept = await users.FindByIdAsync(user.Id.ToString(CultureInfo.InvariantCulture));
        if (kept is null || kept.Password == user.Password) return user.Password;
        return hasher.VerifyHashedPassword(kept, kept.Password, password) == PasswordVerificationResult.Failed ? null : kept.Password;
    }

    /// <returns>Whether it was a code of the app or one for recovery; null: it does not count.</returns>
    private async Task<SignInMethod?> UseCodeAsync(long userId, string code, Visitor visitor)
    {
        var method = RecoveryCodes.LooksLikeOne(code) ? SignInMethod.PasswordAndRecoveryCode : SignInMethod.PasswordAndCode;
        if (!(method == SignInMethod.PasswordAndCode ? await codes.UseAsync(userId, code) : await recovery.UseAsync(userId, code)))
        {
            await log.RecordAsync(userId, SecurityEvent.CodeFailed, visitor);
            return null;
        }
        if (method == SignInMethod.PasswordAndRecoveryCode) await log.RecordAsync(userId, SecurityEvent.RecoveryCodeUsed, visitor);
        return method;
    }

    private async Task<ProofResult> StartAsync(HttpContext context, long userId, SignInMethod method, bool remember, bool leaveOutCode, string? provedBy = null)
    {
        var isNewDevice = await devices.FindAsync(context, userId, CancellationToken.None) is null;
        if (!await sessions.StartAsync(context, userId, method, remember, provedBy, isNewDevice)) return new ProofResult(provedBy is null ? Proof.Shut : Proof.Wrong);
        await devices.RememberAsync(context, userId, leaveOutCode);
        if (leaveOutCode) await log.RecordAsync(userId, SecurityEvent.DeviceRemembered, Visitor.Of(context));
        return new ProofResult(Proof.Right);
    }

    /// <summary>The first is the account's own, which a right password forgets.</summary>
    private static List<GuessLimit> LimitsOf(User? user, string name, Device? device, Visitor visitor)
    {
        if (user is not null && device is not null) return [GuessLimit.OfDevice(user.Id, device.Hash)];
        List<GuessLimit> limits = [GuessLimit.OfName(name), GuessLimit.Overall];
        if (visitor.Network is { } network) limits.Add(GuessLimit.OfNetwork(network));
        return limits;
    }

    /// <summary>By name or address. They are ASCII; Identity throws at text that it can't normalize.</summary>
    public async Task<User?> FindAsync(string name)
    {
        if (!Ascii.IsValid(name)) return null;
        return name.Contains('@', StringComparison.Ordinal) ? await users.FindByEmailAsync(name) : await users.FindByNameAsync(name);
    }
}
