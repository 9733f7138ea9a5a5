using ExpenseIQ.Database;

namespace ExpenseIQ.Features.Accounts;

/// <summary>Whether newcomers can make accounts.</summary>
internal sealed class Registration(ExpenseDatabase database, Settings settings)
{
    /// <summary>Closed by the settings: then only the first account, the administrator's, can be made here.</summary>
    public async Task<bool> IsClosedAsync(CancellationToken cancellationToken) =>
        !settings.RegistrationIsOpen
        && await database.FindAsync($"select first_user_id is not null from site where id = 1", row => row.GetBoolean(0), cancellationToken);
}
