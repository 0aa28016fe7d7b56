using ChatService.Tests.AppHost;
using ChatService.Worker.Assistant;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace ChatService.Tests.Assistant;

/// <summary>How requests and tokens are counted, by a clock that the test moves.</summary>
public sealed class BudgetCountTests(AppHostFixture stack) : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2030, 1, 1, 23, 50, 30, TimeSpan.Zero));
    private readonly Guid _alice = Guid.CreateVersion7();
    private readonly Guid _bob = Guid.CreateVersion7();
    private readonly Guid _group = Guid.CreateVersion7();
    private AssistantTestDatabase _database = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await AssistantTestDatabase.CreateAsync(stack);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Requests_are_counted_for_the_user_and_the_conversation_until_the_minute_ends()
    {
        var budget = Budget(new() { UserRequestsPerMinute = 2, ConversationRequestsPerMinute = 3 });
        Assert.Null(await budget.TryTakeAsync(_alice, _group, 1, Ct));
        Assert.Null(await budget.TryTakeAsync(_alice, _group, 1, Ct));
        Assert.Equal("You have asked me as often as is allowed in a minute: ask again in 30 s.", await budget.TryTakeAsync(_alice, _group, 1, Ct));
        // What was refused counts for nobody.
        Assert.Null(await budget.TryTakeAsync(_bob, _group, 1, Ct));
        Assert.Equal("This conversation has asked me as often as is allowed in a minute: ask again in 30 s.", await budget.TryTakeAsync(_bob, _group, 1, Ct));

        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Null(await budget.TryTakeAsync(_alice, _group, 1, Ct));
    }

    [Fact]
    public async Task Tokens_are_taken_before_and_corrected_after_and_a_new_day_begins_with_none()
    {
        var budget = Budget(new() { UserTokensPerDay = 100, ConversationTokensPerDay = 150 });
        Assert.Null(await budget.TryTakeAsync(_alice, _group, 80, Ct));
        Assert.Equal("Your tokens for today are used up: ask again after midnight UTC.", await budget.TryTakeAsync(_alice, _group, 30, Ct));
        await budget.SettleAsync(_alice, _group, taken: 80, used: 60, Ct);
        Assert.Null(await budget.TryTakeAsync(_alice, _group, 40, Ct));
        Assert.Equal("This conversation's tokens for today are used up: ask again after midnight UTC.", await budget.TryTakeAsync(_bob, _group, 51, Ct));

        _time.Advance(TimeSpan.FromMinutes(10));
        Assert.Null(await budget.TryTakeAsync(_alice, _group, 100, Ct));
    }

    private AssistantBudget Budget(AssistantOptions options) => new(_database.Database, Options.Create(options), _time);
}
