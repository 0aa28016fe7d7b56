using System.Runtime.Versioning;
using ChatService.Client.Assistant;
using ChatService.Client.Connection;
using ChatService.Client.Conversations;
using ChatService.Client.Devices;
using ChatService.Client.Messages;
using ChatService.Client.SignIn;
using ChatService.Client.Storage;
using ChatService.Contracts;

namespace ChatService.Client;

/// <summary>
/// A device of a signed-in user: connects, seals and opens, sends what is waiting, catches up on what it missed, and keeps its keys in
/// order. One client per store. All members may be called from any thread.
/// </summary>
public sealed partial class ChatClient : IAsyncDisposable
{
    private readonly ClientParts _parts;
    private readonly IAccessTokenSource _tokens;
    private readonly IDisposable[] _owned;

    internal ChatClient(ClientParts parts, IAccessTokenSource tokens, IDisposable[] owned)
    {
        (_parts, _tokens, _owned) = (parts, tokens, owned);
        (People, Assistant) = (new(parts), new(parts));
    }

    internal ClientParts Parts => _parts;

    /// <summary>The signed-in user, as this device knows them.</summary>
    public UserProfile Me => _parts.Device.User;

    public Guid DeviceId => _parts.Device.DeviceId;

    public ConnectionState State => _parts.Connection.State;

    /// <summary>Why the client gave up: signed out, or the device was removed or retired. Null while it has not.</summary>
    public ChatException? Failure => _parts.Connection.Failure;

    /// <summary>Receipts, typing, presence, device changes and the connection's state.</summary>
    public ChatEvents Events => _parts.Events;

    /// <summary>Devices, safety numbers and presence.</summary>
    public ContactDirectory People { get; }

    /// <summary>Cancelling answers of the assistant, and giving them.</summary>
    public AssistantCalls Assistant { get; }

    /// <summary>Signs in with the server's own accounts, and registers the store's device if that has not happened yet.</summary>
    /// <param name="store">Belongs to this account from then on. Stays the caller's to dispose of, after the client.</param>
    /// <exception cref="ChatException"><see cref="ErrorCodes.Unauthorized"/>, <see cref="ClientErrorCodes.Unreachable"/>, <see cref="ClientErrorCodes.WrongAccount"/>.</exception>
    [UnsupportedOSPlatform("browser")]
    public static async Task<ChatClient> SignInAsync(
        Uri server, string handle, string password, IChatStore store, ChatClientOptions? options = null, CancellationToken ct = default)
    {
        var signIn = new PasswordSignIn(server);
        try
        {
            var staged = new StagedTokenStore(new ChatTokenStore(store));
            var tokens = await signIn.SignInAsync(handle, password, staged, ct);
            var client = await ClientAssembly.CreateAsync(server, tokens, store, options ?? new(), [tokens, signIn], ct);
            await staged.CommitAsync(ct);
            return client;
        }
        catch
        {
            signIn.Dispose();
            throw;
        }
    }

    /// <summary>Signs in through a browser on any device (RFC 8628), where there is no password to type.</summary>
    /// <param name="show">Tells the person where to go and which code to enter.</param>
    /// <exception cref="ChatException">As <see cref="SignInAsync"/>.</exception>
    public static async Task<ChatClient> SignInWithBrowserAsync(
        Uri server, Func<DevicePrompt, CancellationToken, ValueTask> show, IChatStore store, ChatClientOptions? options = null, CancellationToken ct = default)
    {
        options ??= new();
        var http = ClientAssembly.CreateHttp(server, options);
        try
        {
            var staged = new StagedTokenStore(new ChatTokenStore(store));
            var tokens = await new DeviceSignIn(http, time: options.Time).SignInAsync(show, staged, ct);
            var client = await ClientAssembly.CreateAsync(server, tokens, store, options, [tokens, http], ct);
            await staged.CommitAsync(ct);
            return client;
        }
        catch
        {
            http.Dispose();
            throw;
        }
    }

    /// <summary>Goes on where an earlier run ended, with the tokens in the store. Null: nobody is signed in.</summary>
    public static async Task<ChatClient?> ResumeAsync(Uri server, IChatStore store, ChatClientOptions? options = null, CancellationToken ct = default)
    {
        options ??= new();
        var http = ClientAssembly.CreateHttp(server, options);
        try
        {
            if (await RefreshingTokenSource.ResumeAsync(http, new ChatTokenStore(store), time: options.Time, cancellationToken: ct) is { } tokens)
                return await ClientAssembly.CreateAsync(server, tokens, store, options, [tokens, http], ct);
            http.Dispose();
            return null;
        }
        catch
        {
            http.Dispose();
            throw;
        }
    }

    /// <summary>With tokens of one's own: a bot's (<see cref="ClientCredentialsSignIn"/>), a device flow's, or another authority's.</summary>
    public static Task<ChatClient> CreateAsync(
        Uri server, IAccessTokenSource tokens, IChatStore store, ChatClientOptions? options = null, CancellationToken ct = default) =>
        ClientAssembly.CreateAsync(server, tokens, store, options ?? new(), [], ct);

    /// <summary>Connects, and stays connected: reconnecting, renewing tokens and catching up happen on their own from here.</summary>
    /// <exception cref="ChatException"><see cref="ClientErrorCodes.Unreachable"/>, <see cref="ErrorCodes.Unauthorized"/>, <see cref="ErrorCodes.DeviceUnknown"/>: the device was removed; <see cref="ErrorCodes.DeviceRetired"/>: not seen for 90 days, a new client registers it anew.</exception>
    public Task ConnectAsync(CancellationToken ct = default) => _parts.StartAsync(ct);

    /// <summary>Waits until the client holds everything that the server had when it last (re)connected.</summary>
    public Task CaughtUpAsync(CancellationToken ct = default) => _parts.Loop.CaughtUp.WaitAsync(ct);

    /// <summary>What comes to this device from the creation of this client on, oldest first, without end: also what it missed before.</summary>
    public IAsyncEnumerable<ChatMessage> Messages(CancellationToken ct = default) => _parts.Reader.StreamAsync(_parts.FirstArrival, null, ct);

    /// <summary>
    /// As <see cref="Messages(CancellationToken)"/>, but the place is kept in the store: each message comes once, also across restarts, and
    /// again only if the process ended before the next one was asked for.
    /// </summary>
    /// <param name="subscription">A name of the application's choice; each has its own place.</param>
    /// <param name="fromStart">A new subscription begins with all that ever came to this device, instead of with this client.</param>
    public IAsyncEnumerable<ChatMessage> Messages(string subscription, bool fromStart = false, CancellationToken ct = default) =>
        _parts.Reader.StreamAsync(fromStart ? 0 : _parts.FirstArrival, subscription, ct);

    /// <summary>All conversations on this device, the most recent first.</summary>
    public Task<IReadOnlyList<Conversation>> ConversationsAsync(CancellationToken ct = default) => _parts.Conversations.ListAsync(ct);

    public Task<Conversation?> FindConversationAsync(Guid conversationId, CancellationToken ct = default) => _parts.Conversations.FindAsync(conversationId, ct);

    /// <summary>The direct conversation with a user; made when there is none. There is one per pair of users.</summary>
    /// <param name="handle">Exact, without the @.</param>
    /// <exception cref="ChatException"><see cref="ErrorCodes.NotFound"/>: no such user.</exception>
    public Task<Conversation> OpenDirectAsync(string handle, CancellationToken ct = default) => _parts.Conversations.OpenDirectAsync(handle, ct);

    /// <summary>A new group, with this user as its Owner.</summary>
    /// <param name="name">1 to 64 characters. The server sees it.</param>
    public async Task<Conversation> CreateGroupAsync(string name, IEnumerable<string> handles, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(handles);
        List<Guid> members = [];
        foreach (var handle in handles)
            members.Add((await _parts.Api.UserAsync(handle, ct)).Id);
        return await _parts.Conversations.CreateAsync(new(Guid.CreateVersion7(), ConversationType.Group, members, name), ct);
    }

    /// <summary>Sends text; completes when the server has committed it. With the assistant alone, everything is addressed to it.</summary>
    public Task<ChatMessage> SendTextAsync(Conversation conversation, string text, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        return SendAsync(conversation.Id, conversation.IsWithAssistant ? new AssistantPromptContent(text) : new TextContent(text), ct);
    }

    /// <summary>
    /// Stores a message durably, sends it when it is its turn, and completes when the server has committed it. Offline it waits, also across a
    /// restart; cancelling ends the wait, not the sending.
    /// </summary>
    /// <exception cref="ChatException">It will never be sent; it stays, as <see cref="MessageState.Failed"/>, and can be retried.</exception>
    public async Task<ChatMessage> SendAsync(Guid conversationId, MessageContent content, CancellationToken ct = default) =>
        await (await _parts.Outbox.AddAsync(conversationId, content, ct)).Acknowledged.WaitAsync(ct);

    /// <summary>As <see cref="SendAsync"/>, but returns as soon as the message is stored; <see cref="ChatEvents.OwnMessageChanged"/> tells the rest.</summary>
    public async Task<ChatMessage> QueueAsync(Guid conversationId, MessageContent content, CancellationToken ct = default)
    {
        var (message, acknowledged) = await _parts.Outbox.AddAsync(conversationId, content, ct);
        _ = acknowledged.ContinueWith(task => _ = task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        return message;
    }

    /// <summary>Tries a failed message again, for example after a device was confirmed. False: there is no such failed message.</summary>
    public Task<bool> RetryAsync(Guid conversationId, Guid messageId, CancellationToken ct = default) => _parts.Outbox.RetryAsync(conversationId, messageId, ct);

    /// <summary>Messages on this device, ascending: the newest ones before a sequence, each with the edits and reactions that it has.</summary>
    /// <param name="before">Exclusive; null: from the newest on.</param>
    public Task<IReadOnlyList<ChatMessage>> HistoryAsync(Guid conversationId, long? before = null, int limit = 50, CancellationToken ct = default) =>
        _parts.Reader.HistoryAsync(conversationId, before, limit, ct);

    /// <summary>What this device has not got through yet, and what failed, in the order of writing.</summary>
    public async Task<IReadOnlyList<ChatMessage>> PendingAsync(Guid conversationId, CancellationToken ct = default) =>
        [.. (await _parts.Reader.PendingAsync(conversationId, DeviceId, ct)).Concat(await _parts.Uploads.PendingAsync(conversationId, ct)).DistinctBy(message => message.Id)];

    /// <summary>This user has read up to this message. Told to the server as soon as there is a connection.</summary>
    public Task MarkReadAsync(ChatMessage message, CancellationToken ct = default) => _parts.MarkReadAsync(message, ct);

    /// <summary>Tells the other members. Lost without a connection.</summary>
    public Task SetTypingAsync(Guid conversationId, bool isTyping, CancellationToken ct = default) =>
        _parts.CallAsync(hub => hub.SendTypingIndicator(conversationId, isTyping), ct);

    /// <summary>Ends the connection, forgets the tokens, and asks the authority to revoke them. Messages and keys stay in the store.</summary>
    public async Task SignOutAsync(CancellationToken ct = default)
    {
        await _parts.StopAsync();
        await _tokens.SignOutAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _parts.DisposeAsync();
        foreach (var owned in _owned)
            owned.Dispose();
    }
}
