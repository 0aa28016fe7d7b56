using System.Text.Json;
using System.Text.Json.Nodes;
using ChatService.Contracts;
using MessagePack;
using Microsoft.AspNetCore.SignalR;

namespace ChatService.Tests.Contracts;

/// <summary>A stock SignalR client sees the same names and values over JSON and over MessagePack.</summary>
public sealed class WireFormatTests
{
    private static readonly Guid s_id = Guid.Parse("01a20c92-de1b-70d3-a90b-b0040a182820");
    private static readonly DateTime s_at = new(2026, 11, 24, 8, 0, 0, DateTimeKind.Utc);

    public static TheoryData<object> Payloads =>
    [
        new SealedMessage(s_id, s_id, s_id, s_id, 7, "AQ==", "Ag==", "Aw==", MessageType.Image, s_at),
        new SealedMessage(s_id, s_id, s_id, null, 8, "", "", "", MessageType.System, s_at, new SystemEvent(SystemEventKind.RoleChanged, s_id, s_id, "Admin")),
        new MessageReceipt(s_id, s_id, 7, s_at),
        new ReceiptUpdate(s_id, s_id, s_id, 7, s_at),
        new ConversationPosition(s_id, 7),
        new CatchUpPage(s_id, [], true, false, 7),
        new PresenceUpdate(s_id, PresenceStatus.Away, s_at),
        new ConversationDetails(s_id, ConversationType.Group, "name", null, s_id, s_at, s_at, 1, 2, 3, [new Participant(s_id, "bob", "Bob", null, ParticipantRole.Owner, s_at, 1, 1, false)], 3600),
        new PrivacySettings(true, false, true),
        new AIChunk(s_id, s_id, 0, "AQ==", "Ag==", "Aw=="),
        new AIResponseReceipt(s_id, s_id, s_id),
    ];

    [Theory]
    [MemberData(nameof(Payloads))]
    public void Json_and_message_pack_have_the_same_names(object payload)
    {
        var json = JsonNode.Parse(JsonSerializer.Serialize(payload, payload.GetType(), JsonSerializerOptions.Web))!;
        var options = new MessagePackHubProtocolOptions().SerializerOptions;
        var packed = MessagePackSerializer.Serialize(payload.GetType(), payload, options, TestContext.Current.CancellationToken);
        var unpacked = JsonNode.Parse(MessagePackSerializer.ConvertToJson(packed, options, TestContext.Current.CancellationToken))!;

        Assert.Equal(Names(json), Names(unpacked));
    }

    [Theory]
    [MemberData(nameof(Payloads))]
    public void Message_pack_gives_back_what_it_was_given(object payload)
    {
        var options = new MessagePackHubProtocolOptions().SerializerOptions;
        var packed = MessagePackSerializer.Serialize(payload.GetType(), payload, options, TestContext.Current.CancellationToken);
        var returned = MessagePackSerializer.Deserialize(payload.GetType(), packed, options, TestContext.Current.CancellationToken);

        Assert.Equal(
            JsonSerializer.Serialize(payload, payload.GetType(), JsonSerializerOptions.Web),
            JsonSerializer.Serialize(returned, payload.GetType(), JsonSerializerOptions.Web));
    }

    private static IEnumerable<string> Names(JsonNode node) => node switch
    {
        JsonObject members => members.SelectMany(member => member.Value is null ? [member.Key] : Names(member.Value).Prepend(member.Key)).Order(StringComparer.Ordinal),
        JsonArray items => items.SelectMany(item => item is null ? [] : Names(item)),
        _ => [],
    };
}
