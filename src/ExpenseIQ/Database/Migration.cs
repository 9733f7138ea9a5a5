using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace ExpenseIQ.Database;

/// <summary>One numbered step of the schema, from the files in Migrations.</summary>
/// <param name="Number">From 1, without gaps.</param>
/// <param name="Text">SQL, its line ends normalised to \n.</param>
public sealed record Migration(int Number, string Name, string Text)
{
    /// <summary>SHA-256 of the text, in lower-case hexadecimal.</summary>
    public string Sha256 { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));

    /// <summary>The statements in order; each ends with a semicolon at the end of a line.</summary>
    public IReadOnlyList<string> Statements { get; } =
        Text.Split(";\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>All migrations for a dialect, in order.</summary>
    /// <param name="dialect">The dialect's name in the file names.</param>
    public static IReadOnlyList<Migration> All(string dialect)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var suffix = $".{dialect}.sql";
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith("Migrations/", StringComparison.Ordinal) && name.EndsWith(suffix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => Read(assembly, name, name["Migrations/".Length..^suffix.Length]))];
    }

    private static Migration Read(Assembly assembly, string resource, string title)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        var text = reader.ReadToEnd().ReplaceLineEndings("\n");
        return new Migration(int.Parse(title[..4], CultureInfo.InvariantCulture), title, text);
    }
}
