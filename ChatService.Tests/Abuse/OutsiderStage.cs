using System.Net.Http.Headers;
using ChatService.Contracts;
using ChatService.Tests.AppHost;
using ChatService.Tests.HubCalls;

namespace ChatService.Tests.Abuse;

/// <summary>A group with a message and a file, its owner, someone who was removed from it, and two who never were in it.</summary>
internal sealed class OutsiderStage : IAsyncDisposable
{
    private OutsiderStage(InProcessHub hub, Caller owner, Caller removed, Caller stranger, Caller assistant) =>
        (Hub, Owner, Removed, Stranger, Assistant) = (hub, owner, removed, stranger, assistant);

    public InProcessHub Hub { get; }

    public Caller Owner { get; }

    public Caller Removed { get; }

    public Caller Stranger { get; }

    public Caller Assistant { get; }

    public Guid Group { get; private set; }

    public Guid Message { get; private set; }

    public Guid Attachment { get; } = Guid.CreateVersion7();

    /// <summary>A message of a conversation of the stranger's.</summary>
    public Guid ElsewhereMessage { get; private set; }

    public Guid Elsewhere { get; private set; }

    /// <summary>Ids that are good, for something else.</summary>
    public Guid[] OtherKinds(params Guid[] except) =>
        [.. ((Guid[])[Guid.Empty, Group, Message, Attachment, Owner.UserId, Owner.Client.DeviceId, Stranger.UserId, Stranger.Client.DeviceId, Elsewhere, ElsewhereMessage]).Except(except)];

    public static async Task<OutsiderStage> CreateAsync(AppHostFixture stack)
    {
        var hub = await InProcessHub.WithoutRateLimitsAsync(stack);
        var stage = new OutsiderStage(hub, await Caller.CreateAsync(hub), await Caller.CreateAsync(hub), await Caller.CreateAsync(hub), await Caller.CreateAsync(hub));
        await stage.SetAsync();
        return stage;
    }

    /// <summary>Everything that is stored of these people and their conversations.</summary>
    public Task<string> StoredAsync() => Hub.StoredAsync([Owner.UserId, Removed.UserId, Stranger.UserId, Assistant.UserId], [Group, Elsewhere]);

    public async ValueTask DisposeAsync()
    {
        foreach (var caller in (Caller[])[Owner, Removed, Stranger, Assistant])
        {
            await caller.DisposeAsync();
        }

        await Hub.DisposeAsync();
    }

    private async Task SetAsync()
    {
        await Hub.MakeAssistantAsync(Assistant.UserId);
        Group = await Talk.GroupAsync(Owner.Client, Removed.Client);
        Message = (await Owner.Client.SendAsync(Group, Owner.Client.EnvelopeFor(Removed.Client))).MessageId;
        Assert.Null(await Owner.RestAsync(HttpMethod.Post, Routes.ConversationAttachments(Group), new CreateAttachmentRequest(Attachment, Message, 3)));
        Assert.Null(await Owner.RestAsync(HttpMethod.Put, Routes.AttachmentChunk(Attachment, 0), Bytes()));
        Assert.Null(await Removed.RestAsync(HttpMethod.Get, Routes.AttachmentChunk(Attachment, 0)));
        Assert.Null(await Owner.RestAsync(HttpMethod.Delete, Routes.ConversationMember(Group, Removed.UserId)));
        Elsewhere = await Talk.GroupAsync(Stranger.Client);
        ElsewhereMessage = (await Stranger.Client.SendAsync(Elsewhere, Stranger.Client.EnvelopeFor())).MessageId;
    }

    public static ByteArrayContent Bytes() => new([1, 2, 3]) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };
}
