using ChatService.Client.Encryption;
using ChatService.Client.Encryption.Envelopes;
using ChatService.Client.Encryption.Keys;
using ChatService.Client.Encryption.Primitives;
using ChatService.Client.Storage;

namespace ChatService.Tests.Encryption.Vectors;

/// <summary>Alice or Bob of the vector file, with the keys and the draws that the file says.</summary>
internal sealed class KnownParty
{
    private readonly EncryptionOptions _options;

    public KnownParty(string name, KnownAnswers.Handshake handshake, IAesGcm? aes = null)
    {
        var (party, userId) = name == "alice" ? (handshake.Alice, handshake.SafetyNumber.AliceUserId) : (handshake.Bob, handshake.SafetyNumber.BobUserId);
        (DeviceId, UserId) = (party.DeviceId.Id, userId.Id);
        Random = new KnownRandomSource($"{name}/{(handshake.OneTimePreKey ? "otk" : "no-otk")}");
        _options = new() { Random = Random, AesGcm = aes ?? PlatformAesGcm.Default };
        Keys = new DeviceKeys(Random);
        Sealer = new MessageSealer(DeviceId, _options);
        Opener = new MessageOpener(DeviceId, _options);
    }

    public Guid UserId { get; }
    public Guid DeviceId { get; }
    public KnownRandomSource Random { get; }
    public InMemoryChatStore Store { get; } = new();
    public DeviceKeys Keys { get; }
    public MessageSealer Sealer { get; }
    public MessageOpener Opener { get; }
    public RecipientDevice AsRecipient => new(UserId, DeviceId);

    /// <summary>Alice draws an identity, Bob an identity, a signed prekey, a KEM prekey and a one-time prekey.</summary>
    public static async Task<KnownParty> CreateAsync(string name, KnownAnswers.Handshake handshake, IAesGcm? aes = null)
    {
        var party = new KnownParty(name, handshake, aes);
        await using var transaction = await party.Store.BeginAsync();
        if (name == "bob")
        {
            await party.Keys.CreateAsync(transaction, new(handshake.Bob.SignedPreKeyId, handshake.Bob.KemPreKeyId, handshake.Bob.OneTimePreKeyId), 1, default);
        }
        else
        {
            await new KeyRing(transaction).SaveAsync(new(IdentityKeyPair.Generate(party.Random), 0, 0, 0, 0, 0), default);
        }

        await transaction.CommitAsync();
        return party;
    }
}
