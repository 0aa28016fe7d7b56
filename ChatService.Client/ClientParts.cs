using ChatService.Client.Api;
using ChatService.Client.Assistant;
using ChatService.Client.Attachments;
using ChatService.Client.Blocks;
using ChatService.Client.CatchUp;
using ChatService.Client.Connection;
using ChatService.Client.Conversations;
using ChatService.Client.Devices;
using ChatService.Client.Messages;
using ChatService.Client.Outbox;
using ChatService.Client.Receipts;
using ChatService.Client.Reseal;
using ChatService.Client.Storage;
using ChatService.Client.Typing;
using ChatService.Contracts;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;

namespace ChatService.Client;

/// <summary>The parts of a client, and their start and end.</summary>
internal sealed class ClientParts : IAsyncDisposable
{
    private Task _loops = Task.CompletedTask;
    private int _started;
    private int _stopped;

    public required IChatStore Store { get; init; }

    public required ChatApi Api { get; init; }

    public required DeviceRecord Device { get; init; }

    public required ChatEvents Events { get; init; }

    public required MessageReader Reader { get; init; }

    public required ConversationDirectory Conversations { get; init; }

    public required DeliveryLists Lists { get; init; }

    public required ChatConnection Connection { get; init; }

    public required MessageOutbox Outbox { get; init; }

    public required ReceiptQueue Receipts { get; init; }

    public required KeyUpkeep Upkeep { get; init; }

    public required OwnDevices OwnDevices { get; init; }

    public required BlockList Blocks { get; init; }

    public required TypingExpiry Typing { get; init; }

    public required ResealRequests ResealRequests { get; init; }

    public required ResealAnswers ResealAnswers { get; init; }

    public required HubCalls Calls { get; init; }

    public required PromptStreams Prompts { get; init; }

    public required AnswerParts Answers { get; init; }

    public required SyncLoop Loop { get; init; }

    public required FileUploads Uploads { get; init; }

    public required FileDownloads Downloads { get; init; }

    public required ExpiryLoop Expiry { get; init; }

    public required CatchUpSchedule Schedule { get; init; }

    public required CancellationTokenSource Stop { get; init; }

    public required bool SendReceipts { get; init; }

    /// <summary>The last arrival before this client was created.</summary>
    public required long FirstArrival { get; init; }

    public required ILogger Logger { get; init; }

    public async Task StartAsync(CancellationToken ct)
    {
        if (Interlocked.Exchange(ref _started, 1) == 0)
        {
            Connection.StateChanged += OnStateChanged;
            Connection.Opening += Loop.OnConnecting;
            Connection.Opened += OnOpened;
            _loops = Task.WhenAll(
                RunAsync(Loop.RunAsync),
                RunAsync(Expiry.RunAsync),
                RunAsync(ResealRequests.RunAsync),
                RunAsync(ResealAnswers.RunAsync),
                RunAsync(stop => Upkeep.RunAsync(Logger, stop)),
                SendReceipts ? RunAsync(Receipts.RunAsync) : Task.CompletedTask);
            await Outbox.StartAsync(ct);
            await Uploads.StartAsync(ct);
            await Downloads.CleanAsync(ct);
            if (Device.Replaced is { } retired)
            {
                Events.RaiseDeviceReplaced(retired);
                await DeviceSetup.ForgetReplacedAsync(Store, Device, ct);
            }
        }

        if (Connection.State == ConnectionState.Disconnected)
            await Connection.StartAsync(ct);
    }

    public async Task MarkReadAsync(ChatMessage message, CancellationToken ct)
    {
        if (message.Sequence is not { } sequence)
            return;
        await using (var transaction = await Store.BeginAsync(ct))
        {
            if (!await ReceiptStore.NoteReadAsync(transaction, message.ConversationId, message.Id, sequence, ct))
                return;
            await transaction.CommitAsync(ct);
        }

        Receipts.Wake();
    }

    /// <summary>Calls the hub now; once more if another connection took over meanwhile, so what is called may be repeated.</summary>
    /// <exception cref="ChatException"><see cref="ClientErrorCodes.NotConnected"/>, or what the server refuses.</exception>
    public async Task CallAsync(Func<IChatHub, Task> call, CancellationToken ct)
    {
        while (true)
        {
            if (Connection.Current is not { } link)
                throw new ChatException(ClientErrorCodes.NotConnected, "There is no connection at the moment.");
            try
            {
                await call(link.Hub).WaitAsync(ct);
                return;
            }
            catch (HubException e)
            {
                throw new ChatException(ChatError.Parse(e.Message), e);
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                if (Connection.Current is null || Connection.Current == link)
                    throw new ChatException(ClientErrorCodes.NotConnected, "The connection was lost during the call.", e);
            }
        }
    }

    public async Task StopAsync()
    {
        if (Interlocked.Exchange(ref _stopped, 1) == 1)
            return;
        await Stop.CancelAsync();
        await Uploads.DisposeAsync();
        await Outbox.DisposeAsync();
        await Connection.DisposeAsync();
        await _loops;
        Schedule.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Receipts.Dispose();
        Upkeep.Dispose();
        OwnDevices.Dispose();
        Typing.Dispose();
        ResealRequests.Dispose();
        Stop.Dispose();
    }

    private void OnStateChanged(ConnectionState state)
    {
        Events.RaiseConnectionChanged(state);
        if (state == ConnectionState.Disconnected && Connection.Failure?.Code == ErrorCodes.DeviceRetired)
            Events.RaiseDeviceRetired();
    }

    private void OnOpened()
    {
        Lists.DropAll();
        Loop.OnConnected();
        _ = Calls.CompareOwnDevices();
        Receipts.Wake();
    }

    private async Task RunAsync(Func<CancellationToken, Task> loop)
    {
        try
        {
            await Task.Run(() => loop(Stop.Token), CancellationToken.None);
        }
        catch (Exception e) when (Stop.IsCancellationRequested && e is not ChatStoreException)
        {
            // The client stops, and with it the connection, under whatever call was on its way.
        }
    }
}
