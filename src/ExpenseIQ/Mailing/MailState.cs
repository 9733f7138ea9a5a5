namespace ExpenseIQ.Mailing;

/// <summary>What becomes of an event's mail. The numbers are stored.</summary>
internal enum MailState
{
    /// <summary>It is not told by mail, or was told often enough.</summary>
    None = 0,

    /// <summary>It is to be told, from <c>mail_at</c> on.</summary>
    ToBeTold = 1,

    /// <summary>The mail server took it.</summary>
    Told = 2,

    /// <summary>The mail server refused it, or could not be reached for a day.</summary>
    GivenUp = 3,
}
