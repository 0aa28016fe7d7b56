using System.Diagnostics.CodeAnalysis;
using ChatService.Contracts;
using ChatService.Tests.Api;
using ChatService.Tests.AppHost;
using ChatService.Tests.Scenarios;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace ChatService.Tests.HubCalls;

public sealed class HostileCallTests(AppHostFixture stack)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Malformed_arguments_are_refused_with_a_typed_error_and_nothing_is_stored(bool useMessagePack)
    {
        await using var alice = await RawClient.ConnectAsync(stack, 1, useMessagePack: useMessagePack);
        await using var bob = await RawClient.ConnectAsync(stack, 2);
        var conversation = await Talk.DirectAsync(alice, bob);
        var good = alice.EnvelopeFor(bob);
        var version2 = Convert.FromBase64String(good.EncryptedContent);
        version2[0] = 2;
        (string Expected, string Method, object?[] Arguments)[] calls =
        [
            (ErrorCodes.InvalidEnvelope, nameof(IChatHub.SendMessage), [conversation, null, good.Nonce, good.AuthTag]),
            (ErrorCodes.InvalidEnvelope, nameof(IChatHub.SendMessage), [conversation, good.EncryptedContent, null, good.AuthTag]),
            (ErrorCodes.InvalidEnvelope, nameof(IChatHub.SendMessage), [conversation, "", "", ""]),
            (ErrorCodes.InvalidEnvelope, nameof(IChatHub.SendMessage), [conversation, "not base64!", good.Nonce, good.AuthTag]),
            (ErrorCodes.InvalidEnvelope, nameof(IChatHub.SendMessage), [conversation, "\u0000\uFFFF\u202E", good.Nonce, good.AuthTag]),
            (ErrorCodes.InvalidEnvelope, nameof(IChatHub.SendMessage), [conversation, good.EncryptedContent, "AAAA", good.AuthTag]),
            (ErrorCodes.InvalidEnvelope, nameof(IChatHub.SendMessage), [conversation, good.EncryptedContent, good.Nonce, "AAAA"]),
            (ErrorCodes.InvalidEnvelope, nameof(IChatHub.SendMessage), [conversation, good.EncryptedContent, new string('A', 200_000), good.AuthTag]),
            (ErrorCodes.InvalidEnvelope, nameof(IChatHub.SendMessage), [conversation, good.EncryptedContent[..^8], good.Nonce, good.AuthTag]),
            (ErrorCodes.InvalidEnvelope, nameof(IChatHub.SendMessage), [conversation, Convert.ToBase64String(version2), good.Nonce, good.AuthTag]),
            (ErrorCodes.InvalidEnvelope, nameof(IChatHub.SendMessage), [conversation, RawEnvelope.For(alice.DeviceId, Many(129)).EncryptedContent, good.Nonce, good.AuthTag]),
            (ErrorCodes.DeviceListStale, nameof(IChatHub.SendMessage), [conversation, RawEnvelope.For(alice.DeviceId, Many(128)).EncryptedContent, good.Nonce, good.AuthTag]),
            (ErrorCodes.TooLarge, nameof(IChatHub.SendMessage), [conversation, new string('A', Limits.EnvelopeBase64 + 4), good.Nonce, good.AuthTag]),
            (ErrorCodes.NotFound, nameof(IChatHub.SendMessage), [Guid.Empty, good.EncryptedContent, good.Nonce, good.AuthTag]),
            (ErrorCodes.InvalidArgument, nameof(IChatHub.SendAttachment), [conversation, MessageType.System, good.EncryptedContent, good.Nonce, good.AuthTag]),
            (ErrorCodes.InvalidArgument, nameof(IChatHub.SetPresence), [PresenceStatus.Offline]),
            (ErrorCodes.InvalidArgument, nameof(IChatHub.SetPresence), [(PresenceStatus)99]),
            (ErrorCodes.NotFound, nameof(IChatHub.JoinRoom), [Guid.Empty]),
            (ErrorCodes.NotFound, nameof(IChatHub.SendTypingIndicator), [Guid.Empty, true]),
            (ErrorCodes.NotFound, nameof(IChatHub.MarkMessageRead), [conversation, Guid.Empty]),
            (ErrorCodes.NotFound, nameof(IChatHub.MarkMessageDelivered), [conversation, Guid.CreateVersion7()]),
        ];

        foreach (var (expected, method, arguments) in calls)
        {
            var error = await RawClient.RefusedAsync(() => alice.Hub.InvokeCoreAsync(method, arguments, Token));
            Assert.True(expected == error.Code, $"{method}: expected {expected}, got {error}");
        }

        Assert.Equal(ErrorCodes.InvalidArgument, (await RawClient.RefusedAsync(() => StreamAsync(alice, [null]))).Code);
        Assert.Equal(ErrorCodes.InvalidArgument, (await RawClient.RefusedAsync(() => alice.CatchUpAsync(new ConversationPosition(conversation, -1)))).Code);
        Assert.Equal(ErrorCodes.InvalidArgument, (await RawClient.RefusedAsync(() =>
            alice.CatchUpAsync([.. Many(Limits.CatchUpPositions + 1).Select(id => new ConversationPosition(id, 1))]))).Code);
        Assert.Empty(await new Ledger(stack).MessagesAsync(conversation));
        await alice.SendAsync(conversation, good);
    }

    [Theory]
    [InlineData("NoSuchMethod")]
    [InlineData("OnConnectedAsync")]
    [InlineData("Dispose")]
    [InlineData(nameof(IChatHub.SendMessage), "no guid", 1, true, null)]
    [InlineData(nameof(IChatHub.SendMessage))]
    [InlineData(nameof(IChatHub.JoinRoom), "no guid")]
    [InlineData(nameof(IChatHub.JoinRoom), null)]
    [InlineData(nameof(IChatHub.SetPresence), "asleep")]
    [InlineData(nameof(IChatHub.MarkMessageRead), 1, 2, 3)]
    [SuppressMessage("Performance", "CA1861", Justification = "Attribute arguments.")]
    public async Task A_call_that_cannot_be_bound_is_refused_without_a_trace_of_the_server_and_the_next_one_works(string method, params object?[]? arguments)
    {
        await using var alice = await RawClient.ConnectAsync(stack, 1);
        await using var bob = await RawClient.ConnectAsync(stack, 2);
        var conversation = await Talk.DirectAsync(alice, bob);

        var refusal = await Assert.ThrowsAnyAsync<HubException>(() => alice.Hub.InvokeCoreAsync(method, arguments ?? [null], Token));

        Assert.DoesNotContain(" at ChatService", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", refusal.Message, StringComparison.Ordinal);
        await alice.SendAsync(conversation, alice.EnvelopeFor(bob));
        Assert.Single(await new Ledger(stack).MessagesAsync(conversation));
    }

    [Fact]
    public async Task A_frame_beyond_the_limit_ends_the_connection_and_not_the_server()
    {
        await using var alice = await RawClient.ConnectAsync(stack, 1);
        await using var bob = await RawClient.ConnectAsync(stack, 1);
        var conversation = await Talk.DirectAsync(alice, bob);

        await Assert.ThrowsAnyAsync<Exception>(() => alice.SendAsync(conversation, alice.EnvelopeFor(bob) with { Nonce = new string('A', 2_000_000) }));
        await Patience.UntilAsync(() => alice.Hub.State == HubConnectionState.Disconnected, "the connection ends");

        await bob.SendAsync(conversation, bob.EnvelopeFor(alice));
        Assert.Single(await new Ledger(stack).MessagesAsync(conversation));
    }

    [Fact]
    public async Task Who_connects_without_a_device_or_with_anothers_is_told_so()
    {
        using var user = await ApiUser.RegisterAsync(stack);
        using var other = await ApiUser.RegisterAsync(stack);
        var theirs = await ApiDevice.RegisterAsync(other);

        foreach (var device in (string?[])[null, "", "no guid", Guid.CreateVersion7().ToString(), theirs.Id.ToString(), new string('1', 4000)])
        {
            await using var connection = RawClient.Build(await stack.HubAsync(1), device, user);
            Assert.Equal(ErrorCodes.DeviceUnknown, (await RawClient.RefusedConnectionAsync(connection)).Code);
        }

        await using var anonymous = RawClient.Build(await stack.HubAsync(1), theirs.Id.ToString(), user: null);
        var refusal = await Assert.ThrowsAsync<HttpRequestException>(() => anonymous.StartAsync(Token));
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, refusal.StatusCode);
    }

    private static IEnumerable<Guid> Many(int count) => Enumerable.Range(0, count).Select(_ => Guid.CreateVersion7());

    private static async Task StreamAsync(RawClient client, object?[] arguments)
    {
        await foreach (var _ in client.Hub.StreamAsyncCore<CatchUpPage>(nameof(IChatHub.CatchUp), arguments, Token))
        {
        }
    }
}
