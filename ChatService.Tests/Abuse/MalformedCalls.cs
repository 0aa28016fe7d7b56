using System.Text.Json;
using ChatService.Contracts;
using ChatService.Tests.HubCalls;
using static ChatService.Contracts.ErrorCodes;

namespace ChatService.Tests.Abuse;

/// <summary>For each method of the hub what goes wrong with its arguments.</summary>
internal static class MalformedCalls
{
    private const string Zeros12 = "AAAAAAAAAAAAAAAA";
    private const string Zeros16 = "AAAAAAAAAAAAAAAAAAAAAA==";

    /// <summary>What may be in a text that ought to be base64.</summary>
    private static readonly (string What, string? Text)[] s_texts =
    [
        ("null", null),
        ("empty", ""),
        ("spaces", "    "),
        ("not base64", "not base64!"),
        ("a quarter too short", "AAA"),
        ("control characters", "\u0000\uFFFF\u202E"),
        ("lone surrogates", "\uD800AAA\uDC00"),
        ("emoji", "👍👍👍👍"),
        ("a thousand times too long", new string('A', 200_000)),
    ];

    public static IReadOnlyList<MalformedRow> Rows { get; } =
    [
        .. Envelopes(nameof(IChatHub.SendMessage), (conversation, content, nonce, tag) => [conversation, content, nonce, tag]),
        .. Envelopes(nameof(IChatHub.SendAttachment), (conversation, content, nonce, tag) => [conversation, MessageType.File, content, nonce, tag]),
        .. ((MessageType[])[MessageType.Text, MessageType.System, (MessageType)99, (MessageType)(-1)]).Select(type => MalformedRow.Of(
            nameof(IChatHub.SendAttachment), $"type {type}", InvalidArgument, conversation => [conversation, type, "", "", null])),

        MalformedRow.Of(nameof(IChatHub.JoinRoom), "no id", NotFound, _ => [Guid.Empty]),
        MalformedRow.Of(nameof(IChatHub.LeaveRoom), "no id", null, _ => [Guid.Empty]),
        MalformedRow.Of(nameof(IChatHub.SendTypingIndicator), "no id", NotFound, _ => [Guid.Empty, true]),
        .. ((string[])[nameof(IChatHub.MarkMessageRead), nameof(IChatHub.MarkMessageDelivered)]).SelectMany(method => (MalformedRow[])
        [
            MalformedRow.Of(method, "no conversation", NotFound, _ => [Guid.Empty, Guid.CreateVersion7()]),
            MalformedRow.Of(method, "no message", NotFound, conversation => [conversation, Guid.Empty]),
            MalformedRow.Of(method, "the conversation as message", NotFound, conversation => [conversation, conversation]),
        ]),
        .. ((PresenceStatus[])[PresenceStatus.Offline, (PresenceStatus)99, (PresenceStatus)(-1), (PresenceStatus)int.MinValue]).Select(status =>
            MalformedRow.Of(nameof(IChatHub.SetPresence), $"{status}", InvalidArgument, _ => [status])),

        CatchUp("null", InvalidArgument, _ => null),
        CatchUp("a null among them", InvalidArgument, _ => [null]),
        CatchUp("negative", InvalidArgument, conversation => [new(conversation, -1)]),
        CatchUp("as negative as can be", InvalidArgument, conversation => [new(conversation, long.MinValue)]),
        CatchUp("one too many", InvalidArgument, _ => [.. Enumerable.Range(0, Limits.CatchUpPositions + 1).Select(_ => new ConversationPosition(Guid.CreateVersion7(), 1))]),
        CatchUp("the same ten thousand times", null, conversation => [.. Enumerable.Repeat(new ConversationPosition(conversation, 0), Limits.CatchUpPositions)]),
        CatchUp("the end of numbers", null, conversation => [new(conversation, long.MaxValue)]),
        CatchUp("no ids", null, _ => [new(Guid.Empty, 1), new(Guid.Empty, 2)]),

        .. ((string?[])[null, "", "null", "[]", "7", "\"text\"", "not JSON", "{", "{}", """{"encryptedContent":7}""", """{"encryptedContent":"\ud800","nonce":"","authTag":null}""",
            new string('[', 5000), """{"encryptedContent":"AAAA","nonce":"AAAA"}"""]).Select(prompt => Ask(prompt, InvalidEnvelope)),
        Ask(new string('a', Limits.EnvelopeBase64 + 2048), TooLarge),

        Piece("null", null),
        Piece("a negative index", new AIChunk(Guid.Empty, Guid.Empty, -1, "", "", "")),
        Piece("no content", new AIChunk(Guid.Empty, Guid.Empty, 1, null!, "", "")),
        Piece("no nonce", new AIChunk(Guid.Empty, Guid.Empty, 1, "", null!, "")),
        Piece("no tag", new AIChunk(Guid.Empty, Guid.Empty, 1, "", "", null!)),
        Piece("a long opening", new AIChunk(Guid.Empty, Guid.Empty, 0, new string('A', Limits.EnvelopeBase64 + 1), "", "")),
        Piece("long", new AIChunk(Guid.Empty, Guid.Empty, 1, new string('A', Limits.AIChunkBase64 + 1), "", "")),
        Piece("a long nonce", new AIChunk(Guid.Empty, Guid.Empty, 1, "", new string('A', Limits.AIChunkBase64), "A")),
        Assistant(nameof(IChatHub.CompleteAIResponse), "no ids", NotFound, _ => [Guid.Empty, Guid.Empty]),
        Assistant(nameof(IChatHub.CompleteAIResponse), "a prompt that is none", NotFound, conversation => [conversation, conversation]),
    ];

    /// <summary>Methods that take nothing.</summary>
    public static IReadOnlyList<string> WithoutArguments { get; } = [nameof(IChatHub.GetPresence)];

    private static IEnumerable<MalformedRow> Envelopes(string method, Func<Guid, string?, string?, string?, object?[]> arguments)
    {
        MalformedRow Row(string what, string expected, Func<RawEnvelope, (string? Content, string? Nonce, string? Tag)> change, Func<Caller, RawEnvelope>? make = null) => new(
            method, what, expected, (caller, conversation) =>
            {
                var (content, nonce, tag) = change(make?.Invoke(caller) ?? caller.Client.EnvelopeFor());
                return caller.HubAsync(method, arguments(conversation, content, nonce, tag));
            });

        return
        [
            .. s_texts.Select(text => Row($"content: {text.What}", InvalidEnvelope, good => (text.Text, good.Nonce, good.AuthTag))),
            .. s_texts.Select(text => Row($"nonce: {text.What}", InvalidEnvelope, good => (good.EncryptedContent, text.Text, good.AuthTag))),
            // Without a tag the content ends in it, and what is left is not a whole block.
            .. s_texts.Select(text => Row($"tag: {text.What}", InvalidEnvelope, good => (good.EncryptedContent, good.Nonce, text.Text))),
            Row("zeros", InvalidEnvelope, _ => (new string('A', 4000), Zeros12, Zeros16)),
            Row("cut short", InvalidEnvelope, good => (good.EncryptedContent[..^8], good.Nonce, good.AuthTag)),
            Row("another version", InvalidEnvelope, good => (Changed(good, 0), good.Nonce, good.AuthTag)),
            Row("another kind", InvalidEnvelope, good => (Changed(good, 1), good.Nonce, good.AuthTag)),
            Row("another sender", InvalidEnvelope, good => (Changed(good, 5), good.Nonce, good.AuthTag)),
            Row("too large", TooLarge, good => (new string('A', Limits.EnvelopeBase64 + 4), good.Nonce, good.AuthTag)),
            Row("too many wraps", InvalidEnvelope, Whole, caller => RawEnvelope.For(caller.Client.DeviceId, Ids(Limits.DevicesPerConversation + 1))),
            Row("wraps for nobody known", DeviceListStale, Whole, caller => RawEnvelope.For(caller.Client.DeviceId, Ids(Limits.DevicesPerConversation))),
            Row("the same wrap twice", DeviceListStale, Whole, caller => RawEnvelope.For(caller.Client.DeviceId, [caller.Client.DeviceId, caller.Client.DeviceId])),
            new(method, "no conversation", NotFound, (caller, _) =>
            {
                var good = caller.Client.EnvelopeFor();
                return caller.HubAsync(method, arguments(Guid.Empty, good.EncryptedContent, good.Nonce, good.AuthTag));
            }),
        ];
    }

    private static (string? Content, string? Nonce, string? Tag) Whole(RawEnvelope envelope) => (envelope.EncryptedContent, envelope.Nonce, envelope.AuthTag);

    private static string Changed(RawEnvelope envelope, int place)
    {
        var bytes = Convert.FromBase64String(envelope.EncryptedContent);
        bytes[place] ^= 0xFF;
        return Convert.ToBase64String(bytes);
    }

    private static IEnumerable<Guid> Ids(int count) => Enumerable.Range(0, count).Select(_ => Guid.CreateVersion7());

    private static MalformedRow CatchUp(string what, string? expected, Func<Guid, ConversationPosition?[]?> positions) => new(
        nameof(IChatHub.CatchUp), what, expected, (caller, conversation) => caller.CatchUpAsync(positions(conversation)!));

    private static MalformedRow Ask(string? prompt, string expected) => new(
        nameof(IChatHub.StreamAIResponse), JsonSerializer.Serialize(prompt)[..Math.Min(60, (prompt ?? "null").Length)], expected, (caller, conversation) => caller.AskAsync(conversation, prompt!));

    private static MalformedRow Piece(string what, AIChunk? chunk) =>
        Assistant(nameof(IChatHub.SendAIChunk), what, InvalidArgument, _ => [chunk]);

    /// <summary>As the only one who gets so far.</summary>
    private static MalformedRow Assistant(string method, string what, string expected, Func<Guid, object?[]> arguments) => new(
        method, what, expected, async (caller, conversation) =>
        {
            await caller.Hub.MakeAssistantAsync(caller.UserId);
            return await caller.HubAsync(method, arguments(conversation));
        });
}
