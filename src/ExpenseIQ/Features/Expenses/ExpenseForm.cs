using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ExpenseIQ.Domain;
using ExpenseIQ.Features.Shared;
using ExpenseIQ.Web;

namespace ExpenseIQ.Features.Expenses;

/// <summary>An expense as it is to be stored; everything in it was checked but that the category is the user's.</summary>
public sealed record ExpenseInput(Money Amount, long CategoryId, string Description, DateOnly Date);

/// <summary>What a person types into the expense form, and its checks.</summary>
public sealed record ExpenseForm
{
    internal const int LongestDescription = 255;

    public string Amount { get; init; } = "";

    public string CategoryId { get; init; } = "";

    public string Description { get; init; } = "";

    public string Date { get; init; } = "";

    /// <summary>The version of the row that the form was filled from; empty in the form that adds.</summary>
    public string Version { get; init; } = "";

    /// <summary>A key of this one form, so that it acts once however often it is sent.</summary>
    public string Submission { get; init; } = "";

    public static string NewSubmission() => Guid.NewGuid().ToString();

    public static ExpenseForm Read(Func<string, string> text) => new()
    {
        Amount = text("amount").Trim(),
        CategoryId = text("category_id").Trim(),
        Description = text("description").Trim(),
        Date = text("date").Trim(),
        Version = text("version"),
        Submission = text("submission"),
    };

    /// <summary>The form for a stored expense.</summary>
    internal static ExpenseForm Of(ExpenseDetail expense, CultureInfo culture) => new()
    {
        Amount = expense.Amount.ToInput(culture),
        CategoryId = expense.CategoryId.ToString(CultureInfo.InvariantCulture),
        Description = expense.Description,
        Date = Dates.ToInput(expense.Date),
        Version = expense.Version.ToString(CultureInfo.InvariantCulture),
        Submission = NewSubmission(),
    };

    /// <summary>
    /// A key of this form with what was typed into it. The form sent twice has one key; changed after the browser's Back button it has
    /// another, so that the change is not dropped.
    /// </summary>
    public string SubmissionKey() => KeyOf(Submission, Amount, CategoryId, Description, Date, Version);

    /// <summary>The key of a form with what it says; a new one where the form came without a key that can be read. 36 characters.</summary>
    public static string KeyOf(string submission, params IEnumerable<string> said) => Guid.TryParse(submission, out var key)
        ? new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{key}\n{string.Join('\n', said)}")).AsSpan(0, 16)).ToString()
        : NewSubmission();

    /// <summary>The version, or null where the form came without one.</summary>
    public int? ExpectedVersion => int.TryParse(Version, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;

    /// <summary>What is to be stored, or null and a message at each field that is wrong.</summary>
    public ExpenseInput? Check(Formats formats, FormErrors errors)
    {
        var amount = CheckAmount(formats, errors);
        if (!long.TryParse(CategoryId, NumberStyles.None, CultureInfo.InvariantCulture, out var category))
            errors.Add("category_id", CategoryId.Length == 0 ? "Choose a category." : "This category is not one of yours.");
        CheckDescription(errors);
        if (Dates.Read(Date, out var date) is { } problem) errors.Add("date", problem);
        if (Version.Length > 0 && ExpectedVersion is null) errors.Add("", "This form can't be read. Reload the page and try again.");
        return errors.Any ? null : new ExpenseInput(amount, category, Description, date);
    }

    private Money CheckAmount(Formats formats, FormErrors errors)
    {
        var problem = MoneyText.Calculate(Amount, formats.Culture, out var amount);
        var message = problem switch
        {
            MoneyProblem.Empty => "Enter an amount.",
            MoneyProblem.NotAnAmount => $"This is not an amount. Write it like {new Money(1250).ToInput(formats.Culture)}.",
            MoneyProblem.TooPrecise when MoneyText.Read(Amount, formats.Culture, out _) != problem =>
                "This comes to more than two decimals; nothing is rounded for you.",
            MoneyProblem.TooPrecise => "An amount has at most two decimals; nothing is rounded for you.",
            MoneyProblem.None when amount <= Money.Zero => $"An amount is at least {new Money(1).ToInput(formats.Culture)}.",
            MoneyProblem.None => null,
            _ => $"An amount is at most {formats.Amount(Money.Largest)}.",
        };
        if (message is not null) errors.Add("amount", message);
        return amount;
    }

    private void CheckDescription(FormErrors errors)
    {
        var length = 0;
        foreach (var rune in Description.EnumerateRunes())
        {
            length++;
            if (Rune.IsControl(rune))
            {
                errors.Add("description", "A description is one line of text, without control characters.");
                return;
            }
        }
        if (length > LongestDescription)
            errors.Add("description", $"A description has at most {LongestDescription} characters; this one has {length}.");
    }
}
