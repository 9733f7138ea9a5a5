using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Components;

namespace ExpenseIQ.Web;

/// <summary>Which build of the program, and of the static files that its pages name, answers a request.</summary>
public static class Build
{
    private static readonly string Program = typeof(Build).Module.ModuleVersionId.ToString("N")[..8];
    private static readonly ConditionalWeakTable<ResourceAssetCollection, string> Known = [];

    /// <summary>Eight hexadecimal digits of the program, for pages eight more of their static files.</summary>
    public static string Of(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<ResourceAssetCollection>() is { } files ? Known.GetValue(files, Digest) : Program;

    /// <summary>The files' addresses have their fingerprints in them; the program alone does not change with a style.</summary>
    private static string Digest(ResourceAssetCollection files)
    {
        var addresses = string.Join('\n', files.Select(file => file.Url).Order(StringComparer.Ordinal));
        return Program + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(addresses)).AsSpan(0, 4));
    }
}
