using ChatService.Contracts;
using ChatService.Tests.AppHost;
using ChatService.Tests.HubCalls;

namespace ChatService.Tests.Abuse;

/// <summary>What binds and makes no sense gets a typed refusal, changes nothing, and the connection goes on.</summary>
public sealed class MalformedCallTests(MalformedCallTests.Scene scene) : IClassFixture<MalformedCallTests.Scene>
{
    public static TheoryData<string, bool> Methods =>
        [.. MalformedCalls.Rows.Select(row => row.Method).Distinct().SelectMany(method => ((string, bool)[])[(method, false), (method, true)])];

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Nonsense_is_refused_and_nothing_comes_of_it(string method, bool useMessagePack)
    {
        await using var caller = await Caller.CreateAsync(scene.Hub, useMessagePack);
        var conversation = await Talk.GroupAsync(caller.Client);
        var sent = await caller.Client.SendAsync(conversation, caller.Client.EnvelopeFor());
        var before = await scene.Hub.StoredAsync([caller.UserId], [conversation]);

        foreach (var row in MalformedCalls.Rows.Where(row => row.Method == method))
        {
            var error = await row.Call(caller, conversation);
            Assert.True(row.Expected == error?.Code, $"{row.What}: expected {row.Expected ?? "nothing"}, got {error}");
            Assert.DoesNotContain("Exception", error?.Message ?? "", StringComparison.Ordinal);
        }

        Assert.Equal(before, await scene.Hub.StoredAsync([caller.UserId], [conversation]));
        Assert.Equal(sent.Sequence + 1, (await caller.Client.SendAsync(conversation, caller.Client.EnvelopeFor())).Sequence);
    }

    [Theory]
    [InlineData(@"""\ud800""")]
    [InlineData(@"""\udc00\ud800""")]
    [InlineData("1e999")]
    [InlineData("{}")]
    [InlineData("[[[[]]]]")]
    public async Task Text_that_no_client_would_write_is_refused_and_the_next_call_is_answered(string content)
    {
        await using var caller = await Caller.CreateAsync(scene.Hub);
        var conversation = await Talk.GroupAsync(caller.Client);
        using var raw = await RawSocket.ConnectAsync(caller);

        await raw.SendAsync($$"""{"type":1,"invocationId":"a","target":"SendMessage","arguments":["{{conversation}}",{{content}},"",null]}""");
        var refusal = await raw.RecordAsync("\"invocationId\":\"a\"");
        await raw.SendAsync("""{"type":1,"invocationId":"b","target":"GetPresence","arguments":[]}""");

        Assert.Contains("\"error\":", refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", refusal, StringComparison.Ordinal);
        Assert.Contains("\"result\":[]", await raw.RecordAsync("\"invocationId\":\"b\""), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_method_has_rows() =>
        Assert.Equal(
            typeof(IChatHub).GetMethods().Select(method => method.Name).Order(),
            MalformedCalls.Rows.Select(row => row.Method).Distinct().Concat(MalformedCalls.WithoutArguments).Order());

    public sealed class Scene(AppHostFixture stack) : IAsyncLifetime
    {
        internal InProcessHub Hub { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Hub = await InProcessHub.WithoutRateLimitsAsync(stack);

        public ValueTask DisposeAsync() => Hub.DisposeAsync();
    }
}
