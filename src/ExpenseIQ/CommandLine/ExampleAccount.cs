using ExpenseIQ.Database.Tables;
using ExpenseIQ.Domain;
using ExpenseIQ.Features.Accounts;
using ExpenseIQ.Web;
using Microsoft.AspNetCore.Identity;

namespace ExpenseIQ.CommandLine;

/// <summary>Accounts that the command line makes. They are nobody's first registration, so none becomes the administrator.</summary>
internal static class ExampleAccount
{
    /// <exception cref="CommandException">The name or the password does not pass the rules of registration.</exception>
    public static async Task<User> CreateAsync(IServiceProvider services, string username, string password)
    {
        if (RegisterForm.UsernameProblem(username) is { } problem) throw new CommandException(problem);
        var users = services.GetRequiredService<UserManager<User>>();
        var user = new User
        {
            Username = username,
            Email = $"{username}@example.com",
            Password = "",
            SecurityStamp = "",
            TimeZone = Locales.TimeZone(null).Id,
            Locale = Locales.Default.Name,
            Currency = Locales.CurrencyOf(Locales.Default),
            CreatedAt = services.GetRequiredService<TimeProvider>().UtcNow(),
        };
        services.GetRequiredService<FirstUser>().IsOpen = false;
        var result = await users.CreateAsync(user, password);
        if (!result.Succeeded) throw new CommandException($"The account {username} can't be made: {result.Errors.First().Description}");
        return (await users.FindByNameAsync(username))!;
    }
}
