using ExpenseIQ.Bench.Measuring;
using ExpenseIQ.Bench.Running;
using ExpenseIQ.Bench.Scenarios;

namespace ExpenseIQ.Bench.Reporting;

/// <summary>Collects a set's cells and works out their ratios; the sizes come smallest first, the bare request before the rest.</summary>
internal sealed class CellList(string set, IReadOnlyList<Account> accounts)
{
    private readonly List<Cell> cells = [];

    public IReadOnlyList<Cell> Cells => cells;

    public void Add(string scenario, IReadOnlyList<Figures?> figures)
    {
        for (var index = 0; index < accounts.Count; index++)
        {
            var size = accounts[index].Size;
            var bare = cells.Find(cell => cell.Scenario == Scenario.Bare && cell.Size == size)?.Figures;
            if (scenario == Scenario.Bare) bare = figures[index];
            cells.Add(new Cell(
                set,
                scenario,
                size,
                figures[index],
                figures[index]?.Growth,
                figures[index]?.Cpu / bare?.Cpu));
        }
    }
}
