using ExpenseIQ.Features.Accounts;
using ExpenseIQ.Tests.Running;

namespace ExpenseIQ.Tests.Features.Accounts;

public sealed class MostUsedPasswords(SharedApp shared)
{
    [Theory]
    [InlineData("password", "used most")]
    [InlineData("PassWord1", "used most")]
    [InlineData("qwertyuiop", "used most")]
    [InlineData("{name}", "e-mail address are known")]
    [InlineData("{name}1234567", "e-mail address are known")]
    [InlineData("x{NAME}@example.orgx", "e-mail address are known")]
    [InlineData("{name}{name}{name}", "e-mail address are known")]
    [InlineData("{name} likes tea with lemon", null)]
    [InlineData("12345678 horses of sugar", null)]
    [InlineData("пароль-на-память", null)]
    public async Task Are_refused_wherever_a_password_is_chosen(string password, string? message)
    {
        using var owner = await shared.App.OpenAsNewUserAsync();
        using var newcomer = shared.App.Open();
        var name = Browser.NewName();
        var registering = await newcomer.PostFormAsync(
            "/register", ("username", name), ("email", $"{name}@example.org"), ("password", Of(name)), ("confirm", Of(name)));
        var changing = await owner.PostFormAsync("/settings/security/password", ("password", Of(owner.Username)), ("confirm", Of(owner.Username)));
        foreach (var answer in new[] { registering, changing })
        {
            answer.MustBe(message is null ? 302 : 422);
            if (message is not null) Assert.Contains(message, answer.Error("password"), StringComparison.Ordinal);
        }

        string Of(string username) => password.Replace("{name}", username, StringComparison.Ordinal).Replace("{NAME}", username.ToUpperInvariant(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Engine", "none")]
    public void Are_thousands_and_looking_takes_no_time_and_little_memory()
    {
        Assert.InRange(CommonPasswords.Count, 15_000, 25_000);
        Assert.True(CommonPasswords.Contain("football"));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var watch = System.Diagnostics.Stopwatch.StartNew();
        for (var number = 0; number < 1000; number++) Assert.False(CommonPasswords.Contain($"none of the list {number}"));
        Assert.True(watch.ElapsedMilliseconds < 1000);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    [Trait("Engine", "none")]
    public void The_demo_has_none()
    {
        var errors = new ExpenseIQ.Features.Shared.FormErrors();
        NewPassword.Check(ExpenseIQ.CommandLine.Demo.Password, ExpenseIQ.CommandLine.Demo.Password, [ExpenseIQ.CommandLine.Demo.Username, "demo@example.com"], errors);
        Assert.False(errors.Any);
    }
}
