using System.CommandLine;
using ExpenseIQ.Bench.Measuring;

namespace ExpenseIQ.Bench;

/// <summary>The command line of the bench.</summary>
internal static class Commands
{
    private static readonly string[] Engines = ["sqlite", "mariadb", "mysql"];

    public static RootCommand Create()
    {
        var engines = EnginesArgument();
        var full = new Option<bool>("--full") { Description = "Ten million expenses more, measured longer (half an hour or so)." };
        var json = new Option<FileInfo?>("--json") { Description = "Also write all figures to this file." };
        var compare = new Option<FileInfo?>("--compare") { Description = "Also print each figure divided by that of this file, an earlier --json." };
        var seconds = new Option<double?>("--seconds") { Description = "How long each scenario is measured at each size." };
        seconds.Validators.Add(result =>
        {
            if (!result.Errors.Any() && result.GetValueOrDefault<double?>() is < 0.2 or > 600) result.AddError("--seconds takes a number from 0.2 to 600.");
        });
        var root = new RootCommand("Measures ExpenseIQ under load, at several sizes of the history.") { engines, full, json, compare, seconds };
        root.SetAction((parsed, cancellationToken) => Bench.RunAsync(
            Chosen(parsed, engines),
            Plan.Of(parsed.GetValue(full), parsed.GetValue(seconds)),
            parsed.GetValue(json),
            parsed.GetValue(compare),
            cancellationToken));
        root.Subcommands.Add(GrowthCommand());
        return root;
    }

    private static Command GrowthCommand()
    {
        var engines = EnginesArgument();
        var command = new Command("growth", "Fails where a scenario costs much more with 100,000 expenses than with 1,000.") { engines };
        command.SetAction((parsed, cancellationToken) => Growth.RunAsync(Chosen(parsed, engines), cancellationToken));
        return command;
    }

    private static Argument<string[]> EnginesArgument()
    {
        var argument = new Argument<string[]>("engine") { Description = "Which databases; all where none is named.", Arity = ArgumentArity.ZeroOrMore };
        argument.AcceptOnlyFromAmong(Engines);
        return argument;
    }

    private static string[] Chosen(ParseResult parsed, Argument<string[]> argument) =>
        parsed.GetValue(argument) is { Length: > 0 } chosen ? [.. chosen.Distinct()] : Engines;
}
