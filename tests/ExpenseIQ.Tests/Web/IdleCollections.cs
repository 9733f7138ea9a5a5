using ExpenseIQ.Web;

namespace ExpenseIQ.Tests.Web;

/// <summary>When memory is given back: once it is quiet, and only what is worth it.</summary>
[Trait("Engine", "none")]
public sealed class IdleCollections
{
    private const long Much = IdleMemory.Garbage.Much;
    private const long Quiet = IdleMemory.Garbage.Quiet;

    private readonly IdleMemory.Garbage garbage = new();

    [Fact]
    public void Nothing_is_collected_while_requests_come()
    {
        for (var look = 1; look <= 20; look++) Assert.False(garbage.IsWorthCollecting(look * Much));
    }

    [Fact]
    public void What_piled_up_is_collected_once_when_it_is_quiet()
    {
        garbage.IsWorthCollecting(Much);
        Assert.True(garbage.IsWorthCollecting(Much));
        Assert.False(garbage.IsWorthCollecting(Much));
    }

    [Fact]
    public void The_programs_own_errands_add_up()
    {
        garbage.IsWorthCollecting(Much);
        garbage.IsWorthCollecting(Much);
        var looks = 0;
        while (!garbage.IsWorthCollecting(Much + (++looks * (Quiet / 2)))) Assert.True(looks < 100);
        Assert.Equal(Much / (Quiet / 2), looks);
    }

    [Fact]
    public void Little_is_not_worth_it()
    {
        garbage.IsWorthCollecting(Much - 1);
        Assert.False(garbage.IsWorthCollecting(Much - 1));
    }
}
