namespace ExpenseIQ.Features.Accounts;

/// <summary>Whether an account that is made now may become the administrator's, if it is the first.</summary>
internal sealed class FirstUser
{
    public bool IsOpen { get; set; } = true;
}
