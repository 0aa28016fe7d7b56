using ChatService.Client.Api;
using ChatService.Client.Assistant;
using ChatService.Client.Attachments;
using ChatService.Client.Blocks;
using ChatService.Client.CatchUp;
using ChatService.Client.Connection;
using ChatService.Client.Conversations;
using ChatService.Client.Devices;
using ChatService.Client.Encryption;
using ChatService.Client.Encryption.Keys;
using ChatService.Client.Encryption.Trust;
using ChatService.Client.Messages;
using ChatService.Client.Outbox;
using ChatService.Client.Receipts;
using ChatService.Client.Reseal;
using ChatService.Client.SignIn;
using ChatService.Client.Storage;
using ChatService.Client.Typing;
using ChatService.Contracts;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatService.Client;

/// <summary>Puts a client together.</summary>
internal static class ClientAssembly
{
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(30);

    public static HttpClient CreateHttp(Uri server, ChatClientOptions options) =>
        new(options.CreateHttpHandler?.Invoke() ?? CreateHandler()) { BaseAddress = server, Timeout = RequestTimeout };

    /// <summary>Calls of the REST API need no stickiness, so they keep no cookies.</summary>
    private static HttpMessageHandler CreateHandler() => OperatingSystem.IsBrowser()
        ? new HttpClientHandler()
        : new SocketsHttpHandler { UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) };

    public static async Task<ChatClient> CreateAsync(
        Uri server, IAccessTokenSource tokenSource, IChatStore store, ChatClientOptions options, IDisposable[] owned, CancellationToken ct)
    {
        var http = CreateHttp(server, options);
        try
        {
            var encryption = EncryptionOptions.Default with { Random = options.Random ?? EncryptionOptions.Default.Random, Time = options.Time };
            var keys = new DeviceKeys(encryption.Random, options.Time, options.RotatePreKeysEvery);
            var tokens = new AccessTokens(tokenSource, options.Time);
            var api = new ChatApi(http, tokens);
            var device = await new DeviceSetup(store, api, keys, options.ServerName ?? server.GetLeftPart(UriPartial.Authority), options.DeviceName).EnsureAsync(ct);
            return new(await AssembleAsync(server, store, options, encryption, keys, tokens, api, device, ct), tokenSource, [http, .. owned]);
        }
        catch
        {
            http.Dispose();
            throw;
        }
    }

    private static async Task<ClientParts> AssembleAsync(
        Uri server, IChatStore store, ChatClientOptions options, EncryptionOptions encryption, DeviceKeys keys, AccessTokens tokens, ChatApi api, DeviceRecord device, CancellationToken ct)
    {
        var logger = (ILogger?)options.LoggerFactory?.CreateLogger("ChatService.Client") ?? NullLogger.Instance;
        var (me, own) = (device.User.Id, device.DeviceId);
        var events = new ChatEvents(logger);
        var inbox = new Inbox();
        var signals = new SyncSignals(inbox);
        var arrivals = new ArrivalLog();
        var reader = new MessageReader(store, arrivals, me, options.Time);
        var changes = new MessageChanges(reader, events);
        var conversations = new ConversationDirectory(store, api, me, events);
        var lists = new DeliveryLists(store, api, conversations, new PinnedDevices(options.Time), me, own, events);
        var upkeep = new KeyUpkeep(store, api, keys, own, options.Time);
        var ownDevices = new OwnDevices(store, api, own, events);
        var blocks = new BlockList(store, api, events);
        var typing = new TypingExpiry(inbox, events, options.Time);

        var connection = new ChatConnection(OpenAsync, options.Reconnect, options.RetryFirstConnect, options.Time, logger);
        var stop = new CancellationTokenSource();
        var sealer = new OutboxSealer(store, api, lists, own, encryption);
        var prompts = new PromptStreams(inbox, events);
        var delivery = new OutboxDelivery(connection, sealer, prompts, options.Reconnect, events, options.Time, logger);
        var outbox = new MessageOutbox(store, delivery, new Acknowledgement(store, reader, signals, me, own), me, own, events, options.Time, logger, changes);
        var retries = new TransferRetries(options.Reconnect, options.Time, logger);
        var receipts = new ReceiptQueue(store, connection, options.Time, logger);
        var schedule = new CatchUpSchedule(inbox, options.Time);
        var processor = new MessageProcessor(store, new MessageOpening(me, own, encryption, logger), me, own, logger, new ResealOpening(own, encryption, logger));
        var requests = new ResealRequests(store, outbox, connection, options.Time, logger, options.ResealRequestsPerDay);
        var reseals = new ResealAnswers(store, outbox, lists, own, encryption, logger);
        var intake = new MessageIntake(processor, conversations, lists, outbox, receipts, arrivals, changes, typing, requests, reseals, events);
        var answers = new AnswerReader(store, own, encryption, events, logger);
        var calls = new HubCalls(store, intake, schedule, conversations, lists, upkeep, ownDevices, blocks, typing, connection, answers, events, me, logger, stop.Token);
        var loop = new SyncLoop(store, inbox, signals, schedule, intake, connection, calls, events, options, logger);
        calls.Loop = loop;

        return new()
        {
            Store = store,
            Api = api,
            Device = device,
            Events = events,
            Reader = reader,
            Conversations = conversations,
            Lists = lists,
            Connection = connection,
            Outbox = outbox,
            Receipts = receipts,
            Upkeep = upkeep,
            OwnDevices = ownDevices,
            Blocks = blocks,
            Typing = typing,
            ResealRequests = requests,
            ResealAnswers = reseals,
            Calls = calls,
            Prompts = prompts,
            Answers = new(connection, sealer, outbox, own, encryption, options.Time, logger, stop.Token),
            Loop = loop,
            Uploads = new FileUploads(store, api, outbox, retries, encryption, me, own, events, options.Time, logger),
            Downloads = new FileDownloads(store, api, retries, encryption, options.Time),
            Expiry = new ExpiryLoop(store, arrivals, events, options.Time, logger),
            Schedule = schedule,
            Stop = stop,
            SendReceipts = options.SendReceipts,
            FirstArrival = await LastArrivalAsync(store, ct),
            Logger = logger,
        };

        async Task<IHubLink> OpenAsync(CancellationToken token)
        {
            await CheckAsync(upkeep, conversations, blocks, logger, token);
            return await HubLink.OpenAsync(server, own, tokens, inbox, options, token);
        }
    }

    /// <summary>What a connect brings up to date first. Only a device or sign-in that is gone for good keeps it from connecting.</summary>
    private static async Task CheckAsync(KeyUpkeep upkeep, ConversationDirectory conversations, BlockList blocks, ILogger logger, CancellationToken ct)
    {
        try
        {
            await upkeep.CheckAsync(ct);
            await conversations.RefreshAllAsync(ct);
            await blocks.RefreshAsync(ct);
        }
        catch (ChatException e) when (e.Code is not (ErrorCodes.DeviceUnknown or ErrorCodes.DeviceRetired or ErrorCodes.Unauthorized or ClientErrorCodes.Unreachable))
        {
            Log.BackgroundFailed(logger, "Checking keys, blocks and conversations", e);
        }
    }

    private static async Task<long> LastArrivalAsync(IChatStore store, CancellationToken ct)
    {
        await using var transaction = await store.BeginAsync(ct);
        return await ArrivalLog.LastAsync(transaction, ct);
    }
}
