using ChatService.Contracts;
using ChatService.Tests.Api;
using ChatService.Tests.AppHost;

namespace ChatService.Tests.HubCalls;

/// <summary>A group with members who write a lot on one hub, and on the other a witness who reads and a member who is up to the test.</summary>
internal sealed class BusyGroup : IAsyncDisposable
{
    private readonly RawClient[] _senders;
    private readonly RawClient _witness;

    private BusyGroup(Guid id, RawClient[] senders, RawClient witness, ApiUser reader, Guid readerDevice)
    {
        (Id, _senders, _witness, Reader, ReaderDevice) = (id, senders, witness, reader, readerDevice);
        Witness = new(witness.Hub, id);
    }

    public Guid Id { get; }

    public KeepingUp Witness { get; }

    public ApiUser Reader { get; }

    public Guid ReaderDevice { get; }

    public static async Task<BusyGroup> StartAsync(AppHostFixture stack, int senders)
    {
        var witness = await RawClient.ConnectAsync(stack, 2);
        RawClient[] writing = [.. await Task.WhenAll(Enumerable.Range(0, senders).Select(_ => RawClient.ConnectAsync(stack, 1)))];
        var reader = await ApiUser.RegisterAsync(stack);
        var device = await ApiDevice.RegisterAsync(reader);
        var request = new CreateConversationRequest(
            Guid.CreateVersion7(), ConversationType.Group, [.. writing[1..].Select(sender => sender.User.Id), witness.User.Id, reader.Id], "Busy");
        var id = (await writing[0].User.CallAsync<ConversationDetails>(HttpMethod.Post, Routes.Conversations, request)).Id;
        await Task.WhenAll(writing.Append(witness).Select(member => member.CallAsync(nameof(IChatHub.JoinRoom), id)));
        return new(id, writing, witness, reader, device.Id);
    }

    /// <summary>All senders at once; gives the ids in the order in which they were stored.</summary>
    public async Task<IReadOnlyList<Guid>> SendAsync(int perSender, int blocks)
    {
        Guid[] devices = [.. _senders.Select(sender => sender.DeviceId), _witness.DeviceId, ReaderDevice];
        var receipts = await Task.WhenAll(_senders.Select(async sender =>
        {
            List<MessageReceipt> mine = [];
            for (var i = 0; i < perSender; i++)
            {
                mine.Add(await sender.SendAsync(Id, RawEnvelope.For(sender.DeviceId, devices.Where(id => id != sender.DeviceId), blocks: blocks)));
            }

            return mine;
        }));
        return [.. receipts.SelectMany(mine => mine).OrderBy(receipt => receipt.Sequence).Select(receipt => receipt.MessageId)];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var member in _senders.Append(_witness))
        {
            await member.DisposeAsync();
        }

        Reader.Dispose();
    }
}
