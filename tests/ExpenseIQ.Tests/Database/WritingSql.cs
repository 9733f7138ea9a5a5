using ExpenseIQ.Database;

namespace ExpenseIQ.Tests.Database;

[Trait("Engine", "none")]
public sealed class WritingSql
{
    [Fact]
    public void Values_become_parameters()
    {
        Sql sql = $"select id from users where username = {"x' or 1 = 1"} and is_admin = {true}";
        Assert.Equal("select id from users where username = @p0 and is_admin = @p1", sql.ToString());
        Assert.Equal(["x' or 1 = 1", true], sql.Values);
    }

    [Fact]
    public void Parts_are_numbered_on()
    {
        Sql conditions = $"user_id = {7L}";
        for (var number = 1L; number <= 12; number++) conditions = $"{conditions} or user_id = {number}";
        Sql sql = $"select {1L}, id from expenses where ({conditions}) and id in ({new[] { 5L, 6L }}) limit {50}";
        Assert.EndsWith("or user_id = @p12 or user_id = @p13) and id in (@p14, @p15) limit @p16", sql.ToString(), StringComparison.Ordinal);
        Assert.Equal([1L, 7L, .. Enumerable.Range(1, 12).Select(number => (object)(long)number), 5L, 6L, 50L], sql.Values);
    }

    [Fact]
    public void Empty_parts_leave_no_trace()
    {
        Sql only = $"delete from site where id = {1L}";
        Assert.Equal("delete from site where id = @p0", Sql.Join("; ", [Sql.Empty, only, Sql.Empty]).ToString());
        Assert.True(Sql.Join("; ", []).IsEmpty);
    }
}
