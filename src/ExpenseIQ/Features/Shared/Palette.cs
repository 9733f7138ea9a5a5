namespace ExpenseIQ.Features.Shared;

/// <summary>The colour of a category: one of twelve, by its id, the same on every page and chart (see tokens.css).</summary>
public static class Palette
{
    private const int Colours = 12;

    /// <summary>1 to 12.</summary>
    public static long Index(long categoryId) => (categoryId - 1) % Colours + 1;
}
