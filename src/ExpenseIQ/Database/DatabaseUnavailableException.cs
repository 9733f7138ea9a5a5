namespace ExpenseIQ.Database;

/// <summary>Why a database does not do what it is asked.</summary>
public enum DatabaseTrouble
{
    /// <summary>None: the error says something about the statement, not about the database.</summary>
    None,

    /// <summary>Others were in the way; what was begun was rolled back and may be begun again.</summary>
    Contention,

    /// <summary>The server can't be reached, went away, or does not take writes (any more).</summary>
    Away,

    /// <summary>The disk is full.</summary>
    Full,

    /// <summary>The files can't be read or written.</summary>
    Unusable,
}

/// <summary>The database could not do what it was asked, however often it was asked again. Nothing is half done.</summary>
/// <param name="mayHaveLanded">Whether the last that was heard leaves open if the change is stored. Sending its form again is safe.</param>
public sealed class DatabaseUnavailableException(DatabaseTrouble trouble, bool mayHaveLanded, Exception inner)
    : Exception($"The database is unavailable ({trouble}).", inner)
{
    public DatabaseTrouble Trouble => trouble;

    public bool MayHaveLanded => mayHaveLanded;
}
