using ChatService.Tests.AppHost;

namespace ChatService.Tests.Scenarios;

[Collection(nameof(Outages))]
public sealed class HubLossTests(AppHostFixture stack)
{
    [Fact]
    public Task Each_hub_is_killed_in_turn_and_whatever_way_people_came_in_they_have_everything() => WithoutEachHubAsync(isKilled: true, Assert.NotEmpty);

    [Fact]
    public Task Each_hub_is_restarted_in_turn_under_load_and_whatever_way_people_came_in_they_notice_nothing() => WithoutEachHubAsync(isKilled: false, Assert.Empty);

    private async Task WithoutEachHubAsync(bool isKilled, Action<IReadOnlyList<string>> assertNoticed)
    {
        var pairs = await Task.WhenAll(Enum.GetValues<Entrance>().Select(entrance => Pair.ConnectAsync(stack, entrance)));
        try
        {
            await GrowAsync(pairs);
            foreach (var hub in (int[])[1, 2])
            {
                await Task.WhenAll(pairs.Select(pair => pair.AvoidAsync(hub)));
                await using var outage = await Outage.BeginAsync(stack, $"hub-{hub}", isKilled);
                await GrowAsync(pairs);
                await outage.EndAsync();
                await GrowAsync(pairs);
            }

            foreach (var pair in pairs)
            {
                await pair.AssertNothingIsLostAsync(stack);
                assertNoticed(pair.Noticed);
            }
        }
        finally
        {
            foreach (var pair in pairs)
            {
                await pair.DisposeAsync();
            }
        }
    }

    private static Task GrowAsync(Pair[] pairs) => Task.WhenAll(pairs.Select(pair => pair.GrowsByAsync(5)));
}
