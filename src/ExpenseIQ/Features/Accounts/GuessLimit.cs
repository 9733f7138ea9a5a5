using System.Security.Cryptography;
using System.Text;

namespace ExpenseIQ.Features.Accounts;

/// <summary>
/// What wrong guesses are counted against, and how much of them it bears: a few are free, each further one doubles the wait for the next,
/// up to a limit. Nothing is ever locked, since a stranger could lock it.
/// </summary>
/// <param name="Key">Names what is counted; its hash is stored.</param>
/// <param name="Free">How many wrong guesses cost no wait.</param>
/// <param name="Longest">The longest wait.</param>
/// <param name="Forgets">How long until one wrong guess less counts.</param>
internal sealed record GuessLimit(string Key, int Free, TimeSpan Longest, TimeSpan Forgets)
{
    private const int MostDoublings = 10;

    /// <summary>
    /// Signing in under a name or an address, whether or not anybody has it, from a browser that it never was signed in from. An account has
    /// two of these: were they one, the second would tell whose address it is.
    /// </summary>
    public static GuessLimit OfName(string name) => new($"name {name.ToLowerInvariant()}", 5, TimeSpan.FromMinutes(15), TimeSpan.FromHours(1));

    /// <summary>Signing in to an account from a browser that it was signed in from before: strangers can't use it up.</summary>
    public static GuessLimit OfDevice(long userId, string deviceHash) => OfName("") with { Key = $"device {userId} {deviceHash}" };

    /// <summary>Signing in from a network: the same few passwords for many accounts.</summary>
    public static GuessLimit OfNetwork(string network) => new($"network {network}", 20, TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(1));

    /// <summary>All that is tried from browsers that are not known. It slows a crowd down and keeps nobody out for long.</summary>
    public static readonly GuessLimit Overall = new("overall", 200, TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(2));

    /// <summary>Codes, of the app and for recovery, of somebody whose password was right; from a browser that is known, apart.</summary>
    /// <param name="deviceHash">Null: it is not known.</param>
    public static GuessLimit OfCodes(long userId, string? deviceHash) => new($"codes {userId} {deviceHash}", 5, TimeSpan.FromMinutes(15), TimeSpan.FromHours(1));

    /// <summary>Proving once more who one is, in a session: whoever took over a browser can't guess there either, nor keep others from it.</summary>
    public static GuessLimit OfConfirmation(string sessionKey) => new($"confirmation {sessionKey}", 5, TimeSpan.FromMinutes(15), TimeSpan.FromHours(1));

    /// <summary>Links that are asked for from this machine itself: by everybody, where a proxy on it is not named.</summary>
    public static readonly GuessLimit RequestsHere = new("requests", 100, TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(2));

    /// <summary>Accounts that are made and links that are asked for from one network.</summary>
    public static GuessLimit OfRequests(string network) => new($"requests {network}", 20, TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(5));

    /// <summary>What is stored of <see cref="Key"/>.</summary>
    public byte[] Bucket => SHA256.HashData(Encoding.UTF8.GetBytes(Key));

    /// <summary>More wrong guesses than this are not counted, so that the wait is over soon after they stop.</summary>
    public long Most => Free + MostDoublings + 1;

    /// <summary>How long the next guess has to wait after so many wrong ones.</summary>
    public TimeSpan WaitAfter(long failures)
    {
        if (failures <= Free) return TimeSpan.Zero;
        var wait = TimeSpan.FromSeconds(1L << (int)Math.Min(failures - Free - 1, MostDoublings));
        return wait < Longest ? wait : Longest;
    }
}
