using System.Collections.Concurrent;
using ChatService.Contracts;
using ChatService.Tests.Api;
using ChatService.Tests.AppHost;
using ChatService.Tests.Scenarios;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace ChatService.Tests.HubCalls;

/// <summary>A user's device on a bare connection, which can say what the SDK never would.</summary>
internal sealed class RawClient : IAsyncDisposable
{
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private RawClient(ApiUser user, Guid deviceId, HubConnection hub) => (User, DeviceId, Hub) = (user, deviceId, hub);

    public ApiUser User { get; }

    public Guid DeviceId { get; }

    public HubConnection Hub { get; }

    public ConcurrentQueue<SealedMessage> Received { get; } = new();

    public ConcurrentQueue<ReceiptUpdate> Delivered { get; } = new();

    public ConcurrentQueue<ReceiptUpdate> Read { get; } = new();

    public ConcurrentQueue<(Guid Conversation, Guid User, bool IsTyping)> Typing { get; } = new();

    public ConcurrentQueue<PresenceUpdate> Presence { get; } = new();

    public ConcurrentQueue<ConversationDetails> Created { get; } = new();

    public ConcurrentQueue<(Guid Conversation, Guid User)> Joined { get; } = new();

    public ConcurrentQueue<(Guid Conversation, Guid User)> Gone { get; } = new();

    public ConcurrentQueue<(Guid User, Guid Device)> KeyBundles { get; } = new();

    public ConcurrentQueue<PrivacySettings> Settings { get; } = new();

    public ConcurrentQueue<bool> BackplaneChanges { get; } = new();

    /// <summary>Completes when the server has ended the connection.</summary>
    public Task Closed => _closed.Task;

    /// <summary>A new device of a new or a given user.</summary>
    public static async Task<RawClient> ConnectAsync(AppHostFixture stack, int hub, ApiUser? user = null, bool useMessagePack = false) =>
        await ConnectAsync(await stack.HubAsync(hub), user ?? await ApiUser.RegisterAsync(stack), useMessagePack);

    public static async Task<RawClient> ConnectAsync(Uri hub, ApiUser user, bool useMessagePack = false)
    {
        var device = await ApiDevice.RegisterAsync(user);
        var client = new RawClient(user, device.Id, Build(hub, device.Id.ToString(), user, useMessagePack));
        client.Listen();
        await client.Hub.StartAsync(TestContext.Current.CancellationToken);
        // The first answer comes when the connection has joined its conversations.
        await client.CallAsync<IReadOnlyList<PresenceUpdate>>(nameof(IChatHub.GetPresence));
        return client;
    }

    public static HubConnection Build(Uri server, string? device, ApiUser? user, bool useMessagePack = false, bool isStateful = false)
    {
        var query = device is null ? "" : $"?{Routes.DeviceParameter}={device}";
        var builder = new HubConnectionBuilder().WithUrl(new Uri(server, Routes.Hub + query), http =>
        {
            if (user is not null)
            {
                http.AccessTokenProvider = async () => await user.Tokens.GetAccessTokenAsync();
            }
        });
        if (isStateful)
        {
            builder.WithStatefulReconnect();
        }

        return (useMessagePack ? builder.AddMessagePackProtocol() : builder).Build();
    }

    public Task<MessageReceipt> SendAsync(Guid conversationId, RawEnvelope envelope) => CallAsync<MessageReceipt>(
        nameof(IChatHub.SendMessage), conversationId, envelope.EncryptedContent, envelope.Nonce, envelope.AuthTag);

    public Task CallAsync(string method, params object?[] arguments) =>
        Hub.InvokeCoreAsync(method, arguments, TestContext.Current.CancellationToken);

    public Task<T> CallAsync<T>(string method, params object?[] arguments) =>
        Hub.InvokeCoreAsync<T>(method, arguments, TestContext.Current.CancellationToken);

    public RawEnvelope EnvelopeFor(params RawClient[] others) => RawEnvelope.For(DeviceId, others.Select(other => other.DeviceId));

    /// <summary>The typed error of a call that must be refused.</summary>
    public static async Task<ChatError> RefusedAsync(Func<Task> call)
    {
        var refusal = await Assert.ThrowsAnyAsync<HubException>(call);
        return ChatError.Parse(refusal.Message);
    }

    /// <summary>The handshake is done before the hub says no: the refusal comes with the end of the connection, or with the first call.</summary>
    public static async Task<ChatError> RefusedConnectionAsync(HubConnection connection)
    {
        var closed = new TaskCompletionSource<Exception?>(TaskCreationOptions.RunContinuationsAsynchronously);
        connection.Closed += error =>
        {
            closed.TrySetResult(error);
            return Task.CompletedTask;
        };
        try
        {
            await connection.StartAsync(TestContext.Current.CancellationToken);
        }
        catch (Exception exception) when (exception is HubException or IOException)
        {
            return ChatError.Parse(exception.Message);
        }

        return ChatError.Parse((await closed.Task.WaitAsync(Patience.Limit))?.Message ?? "");
    }

    public async Task<List<SealedMessage>> CatchUpAsync(params ConversationPosition[] positions)
    {
        List<SealedMessage> messages = [];
        await foreach (var page in Hub.StreamAsync<CatchUpPage>(nameof(IChatHub.CatchUp), positions, TestContext.Current.CancellationToken))
        {
            messages.AddRange(page.Messages);
        }

        return messages;
    }

    public Task ReceivesAsync(Guid messageId) =>
        Patience.UntilAsync(() => Received.Any(message => message.Id == messageId), $"message {messageId} arrives");

    public async ValueTask DisposeAsync()
    {
        await Hub.DisposeAsync();
        User.Dispose();
    }

    private void Listen()
    {
        Hub.Closed += _ =>
        {
            _closed.TrySetResult();
            return Task.CompletedTask;
        };
        Hub.On<ConversationDetails>(nameof(IChatHubClient.ConversationCreated), Created.Enqueue);
        Hub.On<Guid, Guid>(nameof(IChatHubClient.UserJoinedRoom), (conversation, user) => Joined.Enqueue((conversation, user)));
        Hub.On<Guid, Guid>(nameof(IChatHubClient.UserLeftRoom), (conversation, user) => Gone.Enqueue((conversation, user)));
        Hub.On<Guid, Guid>(nameof(IChatHubClient.KeyBundleUpdated), (user, device) => KeyBundles.Enqueue((user, device)));
        Hub.On<PrivacySettings>(nameof(IChatHubClient.PrivacySettingsChanged), Settings.Enqueue);
        Hub.On<bool>(nameof(IChatHubClient.BackplaneChanged), BackplaneChanges.Enqueue);
        Hub.On<SealedMessage>(nameof(IChatHubClient.ReceiveMessage), Received.Enqueue);
        Hub.On<ReceiptUpdate>(nameof(IChatHubClient.MessageDelivered), Delivered.Enqueue);
        Hub.On<ReceiptUpdate>(nameof(IChatHubClient.MessageRead), Read.Enqueue);
        Hub.On<Guid, Guid, bool>(nameof(IChatHubClient.UserTyping), (conversation, user, isTyping) => Typing.Enqueue((conversation, user, isTyping)));
        Hub.On<PresenceUpdate>(nameof(IChatHubClient.PresenceChanged), Presence.Enqueue);
    }
}
