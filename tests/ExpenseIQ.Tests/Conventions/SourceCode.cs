using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using ExpenseIQ.Database;
using ExpenseIQ.Tests.Running;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace ExpenseIQ.Tests.Conventions;

[Trait("Engine", "none")]
public sealed partial class SourceCode
{
    private static readonly string[] EmptySuffixes = ["Manager", "Helper", "Service", "Utils", "Impl", "Dto", "Base"];

    [Fact]
    public void Only_the_database_and_the_settings_know_which_databases_there_are()
    {
        var offenders = from file in Repository.SourceFiles(".cs", ".cshtml")
                        where !file.Path.StartsWith("Database/", StringComparison.Ordinal) && file.Path != "Settings.cs"
                        from line in file.Text.Split('\n').Index()
                        where DatabaseNames().IsMatch(line.Item)
                        select $"{file.Path}:{line.Index + 1}: {line.Item.Trim()}";
        Assert.Empty(offenders);
    }

    [Fact]
    public void Pages_have_no_script_and_no_style_of_their_own()
    {
        var offenders = from file in Repository.SourceFiles(".cshtml")
                        from Match match in InlineCode().Matches(file.Text)
                        select $"{file.Path}: {match.Value}";
        Assert.Empty(offenders);
    }

    [Fact]
    public void Addresses_in_pages_begin_with_the_path_of_the_site()
    {
        var offenders = from file in Repository.SourceFiles(".cshtml", ".cs")
                        from Match match in RootAddress().Matches(file.Text)
                        select $"{file.Path}: {match.Value}";
        Assert.Empty(offenders);
    }

    [Fact]
    public void Addresses_in_scripts_and_styles_begin_with_the_path_of_the_site()
    {
        var offenders = from file in Repository.SourceFiles(".js", ".css", ".webmanifest")
                        where file.Path.StartsWith("wwwroot/", StringComparison.Ordinal) && !file.Path.StartsWith("wwwroot/lib/", StringComparison.Ordinal)
                        from line in file.Text.Split('\n').Index()
                        where RootPath().IsMatch(line.Item)
                        select $"{file.Path}:{line.Index + 1}: {line.Item.Trim()}";
        Assert.Empty(offenders);
    }

    [Fact]
    public void Every_icon_that_a_page_names_is_drawn()
    {
        var drawn = DrawnIcon().Matches(File.ReadAllText(Path.Combine(Repository.Source, "wwwroot", "img", "icons.svg"))).Select(match => match.Groups[1].Value).ToHashSet();
        var named = from file in Repository.SourceFiles(".cs", ".cshtml")
                    from Match match in NamedIcon().Matches(file.Text)
                    select match.Groups[1].Value;
        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.Contains(name, drawn));
    }

    [Fact]
    public void Statements_over_a_persons_rows_name_the_person()
    {
        var statements = from file in Repository.SourceFiles(".cs")
                         where !file.Path.StartsWith("Database/Verification", StringComparison.Ordinal)
                         from Match match in SqlText().Matches(file.Text)
                         where OwnedTable().IsMatch(match.Value)
                         select (file.Path, Text: match.Value);
        Assert.True(statements.Count() > 15, "The statements were not found.");
        var offenders = statements.Where(statement => !statement.Text.Contains("user_id", StringComparison.Ordinal) && !statement.Text.Contains("{conditions}", StringComparison.Ordinal)
            && !statement.Text.Contains("{ExpenseConditions.Of(userId", StringComparison.Ordinal) && !statement.Text.Contains("{TextsWith(userId", StringComparison.Ordinal));
        // What is too old goes, whoever's it is; a token is used, and a passkey's question answered, before anybody knows whose it is.
        Assert.Equal(["Features/Accounts/OneTimeTokens.cs", "Features/Accounts/Passkeys.cs", "Web/Sweep.cs"], offenders.Select(statement => statement.Path).Distinct().Order());
    }

    [Fact]
    public void Every_migration_exists_for_both_databases_and_none_is_missing_between()
    {
        var mysql = Migration.All("mysql");
        var sqlite = Migration.All("sqlite");
        Assert.NotEmpty(mysql);
        Assert.Equal(mysql.Select(migration => migration.Name), sqlite.Select(migration => migration.Name));
        Assert.Equal(Enumerable.Range(1, mysql.Count), mysql.Select(migration => migration.Number));
    }

    [Fact]
    public void Type_names_say_what_the_type_is()
    {
        // A tag helper is what the framework calls it.
        var offenders = Types().Where(type => !typeof(ITagHelper).IsAssignableFrom(type) && EmptySuffixes.Any(suffix => type.Name.Split('`')[0].EndsWith(suffix, StringComparison.Ordinal)));
        Assert.Empty(offenders.Select(type => type.FullName));
    }

    [Fact]
    public void Classes_are_sealed_unless_made_to_be_inherited()
    {
        var offenders = Types().Where(type => type is { IsClass: true, IsSealed: false, IsAbstract: false });
        Assert.Empty(offenders.Select(type => type.FullName));
    }

    [Fact]
    public void Methods_that_are_awaited_end_in_Async()
    {
        var offenders = from type in Types()
                        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
                        where typeof(Task).IsAssignableFrom(method.ReturnType)
                            && !method.Name.EndsWith("Async", StringComparison.Ordinal)
                            && method.Name != "Main"
                            && !method.IsDefined(typeof(CompilerGeneratedAttribute))
                            && method.GetBaseDefinition() == method
                        select $"{type.FullName}.{method.Name}";
        Assert.Empty(offenders);
    }

    [Fact]
    public void Every_test_that_the_page_on_security_names_exists()
    {
        var there = Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories).Select(Path.GetFileNameWithoutExtension).ToHashSet();
        var named = from line in File.ReadLines(Path.Combine(Repository.Root, "docs", "security.md"))
                    where NumberedRow().IsMatch(line)
                    from name in line.TrimEnd('|', ' ').Split('|')[^1].Replace("(browser)", "", StringComparison.Ordinal).Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                    where name != "–" && !name.StartsWith('`')
                    select name;
        Assert.True(named.Count() > 50, "The rows were not found.");
        Assert.All(named, name => Assert.Contains(name, there));
    }

    private static IEnumerable<Type> Types() =>
        from type in typeof(Program).Assembly.GetTypes()
        where type.Namespace?.StartsWith("ExpenseIQ", StringComparison.Ordinal) == true
            && !type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
            && !type.Name.StartsWith('<')
            && type.DeclaringType?.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) != true
            && !type.FullName!.Contains('<', StringComparison.Ordinal)
        select type;

    [GeneratedRegex(@"^\| \d+\.\d+")]
    private static partial Regex NumberedRow();

    [GeneratedRegex("""\b(href|action|src|data-[a-z-]+)\s*=\s*["']/|Redirect\("/""")]
    private static partial Regex RootAddress();

    /// <summary>A path that is not handed to <c>at</c> of dom.js.</summary>
    [GeneratedRegex("""(?<!\bat\()["'`]/[a-z]|url\(["']?/""")]
    private static partial Regex RootPath();

    [GeneratedRegex("<symbol id=\"([a-z-]+)\"")]
    private static partial Regex DrawnIcon();

    [GeneratedRegex("[Ii]cons?\\.Of\\(\"([a-z-]+)\"")]
    private static partial Regex NamedIcon();

    /// <summary>String literals, raw or not.</summary>
    [GeneratedRegex("\"\"\"[\\s\\S]*?\"\"\"|\"(?:[^\"\\\\\n]|\\\\.)*\"")]
    private static partial Regex SqlText();

    [GeneratedRegex(@"\b(from|join|into|update)\s+(expenses|totals|search_texts|ledgers|submissions|sessions|devices|recovery_codes|passkeys|one_time_tokens)\b")]
    private static partial Regex OwnedTable();

    [GeneratedRegex("sqlite|mysql|mariadb", RegexOptions.IgnoreCase)]
    private static partial Regex DatabaseNames();

    [GeneratedRegex("""<script(?![^>]*\bsrc=)[^>]*>|<style\b|\sstyle\s*=\s*["']|\son[a-z]+\s*=\s*["']|javascript:""", RegexOptions.IgnoreCase)]
    private static partial Regex InlineCode();
}
