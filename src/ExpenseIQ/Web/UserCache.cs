using Microsoft.Extensions.Caching.Memory;

namespace ExpenseIQ.Web;

/// <summary>
/// What was read for a user, kept until the user's data changes. Each entry counts for one version of the ledger only, which every
/// request reads anew and every write counts on in its own transaction: so a change is seen at once, whichever instance made it.
/// What is read is never older than the version that it is kept under, since that was read before it.
/// </summary>
public sealed class UserCache(Settings settings) : IDisposable
{
    /// <summary>What an entry costs beside its content, in bytes.</summary>
    private const int Overhead = 300;

    private const int Megabyte = 1024 * 1024;

    /// <summary>A database that was put back to an older state counts the same versions again: nothing is kept for long.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private readonly MemoryCache? entries = settings.CacheMegabytes == 0
        ? null
        : new MemoryCache(new MemoryCacheOptions { SizeLimit = (long)settings.CacheMegabytes * Megabyte });

    /// <summary>What is kept, or what <paramref name="read"/> answers.</summary>
    /// <param name="what">Names what is read, with all that it depends on beside the user's data.</param>
    /// <param name="size">About how many bytes it takes.</param>
    public async ValueTask<T> GetAsync<T>(CurrentUser user, string what, Func<T, int> size, Func<Task<T>> read)
        where T : class
    {
        if (entries is null) return await read();
        var key = (user.Id, what);
        if (entries.TryGetValue(key, out Entry? entry) && entry!.Version == user.LedgerVersion) return (T)entry.Value;
        var value = await read();
        entries.Set(
            key,
            new Entry(user.LedgerVersion, value),
            new MemoryCacheEntryOptions { Size = Overhead + what.Length * 2 + size(value), AbsoluteExpirationRelativeToNow = Longest });
        return value;
    }

    public void Dispose() => entries?.Dispose();

    private sealed record Entry(long Version, object Value);
}
