using System.Text.Json;
using ChatService.Contracts;
using ChatService.Tests.HubCalls;

namespace ChatService.Tests.Abuse;

/// <summary>Every method of the hub that names something by an id.</summary>
internal static class OutsiderHubCalls
{
    public static IReadOnlyDictionary<string, string> Excused { get; } = new Dictionary<string, string>
    {
        [nameof(IChatHub.SetPresence)] = "The caller's.",
        [nameof(IChatHub.GetPresence)] = "Of those who share a conversation with the caller.",
    };

    public static IReadOnlyList<OutsiderRow> Rows { get; } =
    [
        Hub(nameof(IChatHub.JoinRoom), Named.Conversation, (_, _, id) => [id]),
        Hub(nameof(IChatHub.LeaveRoom), Named.Conversation, (_, _, id) => [id]),
        Hub(nameof(IChatHub.SendTypingIndicator), Named.Conversation, (_, _, id) => [id, true]),
        Hub(nameof(IChatHub.SendMessage), Named.Conversation, (stage, caller, id) => [id, .. Sealed(stage, caller)]),
        Hub(nameof(IChatHub.SendAttachment), Named.Conversation, (stage, caller, id) => [id, MessageType.File, .. Sealed(stage, caller)]),
        Hub(nameof(IChatHub.MarkMessageRead), Named.Conversation, (stage, _, id) => [id, stage.Message]),
        Hub(nameof(IChatHub.MarkMessageDelivered), Named.Conversation, (stage, _, id) => [id, stage.Message]),
        Hub(nameof(IChatHub.MarkMessageRead), Named.Message, (stage, _, id) => [stage.Group, id]),
        Hub(nameof(IChatHub.MarkMessageDelivered), Named.Message, (stage, _, id) => [stage.Group, id]),
        new(nameof(IChatHub.StreamAIResponse), Named.Conversation, async (stage, caller, id) => Text(await caller.AskAsync(id, Prompt(stage, caller)))),
        new(nameof(IChatHub.CatchUp), Named.Conversation, async (_, caller, id) =>
            JsonSerializer.Serialize((await caller.Client.CatchUpAsync(new ConversationPosition(id, 0))).Count(message => message.ConversationId == id))),
        Hub(nameof(IChatHub.SendAIChunk), Named.Conversation, (_, _, id) => [Chunk(id)]),
        Hub(nameof(IChatHub.SendAIChunk), Named.ByAssistant, (_, _, id) => [Chunk(id)]),
        Hub(nameof(IChatHub.CompleteAIResponse), Named.Conversation, (stage, _, id) => [id, stage.Message]),
        Hub(nameof(IChatHub.CompleteAIResponse), Named.ByAssistant, (stage, _, id) => [id, stage.Message]),
    ];

    private static object?[] Sealed(OutsiderStage stage, Caller caller)
    {
        var envelope = caller.Client.EnvelopeFor(stage.Owner.Client);
        return [envelope.EncryptedContent, envelope.Nonce, envelope.AuthTag];
    }

    private static string Prompt(OutsiderStage stage, Caller caller)
    {
        var envelope = caller.Client.EnvelopeFor(stage.Owner.Client);
        return JsonSerializer.Serialize(new SealedPrompt(envelope.EncryptedContent, envelope.Nonce, envelope.AuthTag), JsonSerializerOptions.Web);
    }

    private static AIChunk Chunk(Guid conversation) => new(conversation, Guid.CreateVersion7(), 0, "AAAA", "AAAA", "AAAA");

    private static OutsiderRow Hub(
        string method, Func<OutsiderStage, OutsiderCall[]> named, Func<OutsiderStage, Caller, Guid, object?[]> arguments) =>
        new(method, named, async (stage, caller, id) => Text(await caller.HubAsync(method, arguments(stage, caller, id))));

    private static string Text(ChatError? error) => error?.ToJson() ?? "went through";
}
