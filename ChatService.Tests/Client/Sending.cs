using ChatService.Client;
using ChatService.Client.Api;
using ChatService.Client.Assistant;
using ChatService.Client.CatchUp;
using ChatService.Client.Connection;
using ChatService.Client.Conversations;
using ChatService.Client.Encryption;
using ChatService.Client.Encryption.Trust;
using ChatService.Client.Messages;
using ChatService.Client.Outbox;
using ChatService.Tests.Encryption;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatService.Tests.Client;

/// <summary>A device's outbox with a hub and a REST API that the test plays. A new one on the same device is a restart.</summary>
internal sealed class Sending : ILinkSource, IAsyncDisposable
{
    private readonly HttpClient _http;
    private TaskCompletionSource<IHubLink> _link = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Sending(TestDevice device, ScriptedApi api)
    {
        Device = device;
        _http = new HttpClient(api, disposeHandler: false) { BaseAddress = new("http://localhost") };
        var rest = new ChatApi(_http, new AccessTokens(new SignedIn(), TimeProvider.System));
        Events = new ChatEvents(NullLogger.Instance);
        Lists = new DeliveryLists(
            device.Store, rest, new ConversationDirectory(device.Store, rest, device.UserId, Events), new PinnedDevices(), device.UserId, device.DeviceId, Events);
        Sealer = new OutboxSealer(device.Store, rest, Lists, device.DeviceId, new EncryptionOptions());
        var backoff = new ReconnectPolicy { Base = TimeSpan.FromMilliseconds(1), Cap = TimeSpan.FromMilliseconds(2) };
        var reader = new MessageReader(device.Store, new ArrivalLog(), device.UserId);
        Outbox = new(
            device.Store,
            new OutboxDelivery(this, Sealer, new PromptStreams(new Inbox(), Events), backoff, Events, TimeProvider.System, NullLogger.Instance),
            new Acknowledgement(device.Store, reader, new SyncSignals(new Inbox()), device.UserId, device.DeviceId),
            device.UserId,
            device.DeviceId,
            Events,
            TimeProvider.System,
            NullLogger.Instance);
    }

    public TestDevice Device { get; }

    public ChatEvents Events { get; }

    public MessageOutbox Outbox { get; }

    public DeliveryLists Lists { get; }

    public OutboxSealer Sealer { get; }

    public IHubLink? Current => _link.Task.IsCompletedSuccessfully ? _link.Task.Result : null;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<Sending> StartAsync(TestDevice device, ScriptedApi api, ScriptedHub? hub = null)
    {
        var sending = new Sending(device, api);
        if (hub is not null)
            sending.Connect(hub);
        await sending.Outbox.StartAsync(Ct);
        return sending;
    }

    public ScriptedLink Connect(SilentHub hub)
    {
        var link = new ScriptedLink(hub);
        if (_link.Task.IsCompleted)
            _link = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _link.SetResult(link);
        return link;
    }

    public void Disconnect() => _link = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<IHubLink> LinkAsync(CancellationToken ct) => _link.Task.WaitAsync(ct);

    /// <summary>The task of the acknowledgement.</summary>
    public async Task<Task<ChatMessage>> SendAsync(Guid conversation, string text) =>
        (await Outbox.AddAsync(conversation, new TextContent(text), Ct)).Acknowledged;

    public async ValueTask DisposeAsync()
    {
        await Outbox.DisposeAsync();
        _http.Dispose();
    }
}
