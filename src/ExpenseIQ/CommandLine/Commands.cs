using System.CommandLine;
using System.Globalization;

namespace ExpenseIQ.CommandLine;

/// <summary>The program's command line: without a verb it serves.</summary>
internal static class Commands
{
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            // The usual start does not wait for a parser that it does not need.
            if (args.Length == 0) return await Serving.RunAsync(demo: false, CancellationToken.None);
            return await Create().Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception exception) when (StartFailure.Explain(exception) is { } line)
        {
            await Console.Error.WriteLineAsync(line);
            return 1;
        }
    }

    private static RootCommand Create()
    {
        var demo = new Option<bool>("--demo") { Description = "Also make an account with two years of example expenses, and print how to sign in." };
        var root = new RootCommand("ExpenseIQ: an expense tracker with analytics. Without a verb it serves the site.") { demo };
        root.SetAction((parsed, cancellationToken) => Serving.RunAsync(parsed.GetValue(demo), cancellationToken));
        root.Subcommands.Add(Migrate());
        root.Subcommands.Add(Verify());
        root.Subcommands.Add(Generate());
        root.Subcommands.Add(PasswordLink());
        root.Subcommands.Add(CodesOff());
        root.Subcommands.Add(Schema());
        root.Subcommands.Add(Health());
        return root;
    }

    private static Command Migrate()
    {
        var command = new Command("migrate", "Bring the database's schema up to date, and stop.");
        command.SetAction((_, cancellationToken) => Upkeep.MigrateAsync(cancellationToken));
        return command;
    }

    private static Command Verify()
    {
        var command = new Command("verify", "Check that everything in the database agrees; exit with 1 and name what does not.");
        command.SetAction((_, cancellationToken) => Upkeep.VerifyAsync(cancellationToken));
        return command;
    }

    private static Command Generate()
    {
        var user = new Option<string>("--user") { Description = "The user name; the account is made where it does not exist.", Required = true };
        var password = new Option<string>("--password") { Description = "The account's password.", Required = true };
        var expenses = Number("--expenses", "How many expenses to add.", 1, 20_000_000, 1000);
        var months = Number("--months", "Over how many months, the current one included.", 1, 600, 24);
        var seed = Number("--seed", "The same seed makes the same expenses.", 0, int.MaxValue, 1);
        var command = new Command("generate", "Fill an account with example expenses, for measuring.") { user, password, expenses, months, seed };
        command.SetAction((parsed, cancellationToken) => Upkeep.GenerateAsync(
            parsed.GetRequiredValue(user),
            parsed.GetRequiredValue(password),
            parsed.GetValue(expenses),
            parsed.GetValue(months),
            parsed.GetValue(seed),
            cancellationToken));
        return command;
    }

    private static Command PasswordLink()
    {
        var user = new Option<string>("--user") { Description = "The user name or the e-mail address.", Required = true };
        var command = new Command("password-link", "Print a link with which somebody who forgot the password chooses a new one: once, within an hour.") { user };
        command.SetAction((parsed, cancellationToken) => Rescue.PasswordLinkAsync(parsed.GetRequiredValue(user), cancellationToken));
        return command;
    }

    private static Command CodesOff()
    {
        var user = new Option<string>("--user") { Description = "The user name or the e-mail address.", Required = true };
        var command = new Command("codes-off", "Ask somebody for no code any more who lost the authenticator app and the recovery codes.") { user };
        command.SetAction((parsed, cancellationToken) => Rescue.CodesOffAsync(parsed.GetRequiredValue(user), cancellationToken));
        return command;
    }

    private static Command Schema()
    {
        var command = new Command("schema", "Print the whole schema for a database server, as schema.sql has it.");
        command.SetAction(_ => Console.Out.Write(Database.SchemaScript.Write()));
        return command;
    }

    private static Command Health()
    {
        var command = new Command("health", "Ask the instance that serves here with these settings whether it is ready; exit with 1 if not.");
        command.SetAction((_, cancellationToken) => HealthQuestion.AskAsync(Settings.FromEnvironment(), cancellationToken));
        return command;
    }

    private static Option<int> Number(string name, string description, int least, int most, int fallback)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => fallback };
        option.Validators.Add(result =>
        {
            if (result.Errors.Any() || result.GetValueOrDefault<int>() is var number && number >= least && number <= most) return;
            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} takes a whole number from {least} to {most}."));
        });
        return option;
    }
}
