using System.Text.Json;
using System.Text.Json.Serialization;
using ChatService.Client.Encryption.Keys;

namespace ChatService.Tests.Encryption.Vectors;

/// <summary>chatservice-v1.json as it is written.</summary>
public sealed record KnownAnswers(IReadOnlyList<KnownAnswers.Handshake> Handshakes)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Converters = { new HexConverter() } };

    public static KnownAnswers Read() => JsonSerializer.Deserialize<KnownAnswers>(
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Vectors", "chatservice-v1.json")), Options)!;

    public static Handshake For(bool oneTimePreKey) => Read().Handshakes.Single(handshake => handshake.OneTimePreKey == oneTimePreKey);

    public sealed record Handshake(
        bool OneTimePreKey, Party Alice, Party Bob, Hex SignedPreKeyInput, Hex KemPreKeyInputSha256, PreKeyBundle Bundle, Hex ConversationId,
        Hex PreKeyHeader, Hex SessionKey, Hex AssociatedData, IReadOnlyList<Message> Envelopes, Digits SafetyNumber);

    public sealed record Party(
        Hex XPriv, Hex XPub, Hex EdSeed, Hex EdPub, Hex Encoded, Hex DeviceId, uint SignedPreKeyId, Hex SignedPreKeyPriv, uint KemPreKeyId,
        Hex KemPublicKey, Hex KemSecretKey, uint OneTimePreKeyId, Hex OneTimePreKeyPriv);

    public sealed record Message(string From, Hex MessageId, Hex Content, Hex Padded, byte[] EncryptedContent, byte[] Nonce, byte[] AuthTag);

    public sealed record Digits(Hex AliceUserId, Hex BobUserId, string Alice, string Bob, string Number);
}
