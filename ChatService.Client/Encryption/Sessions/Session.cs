using System.Security.Cryptography;
using ChatService.Client.Encryption.Keys;
using ChatService.Client.Encryption.Primitives;

namespace ChatService.Client.Encryption.Sessions;

/// <summary>
/// One Double Ratchet with one device (protocol §4). A receiving step is made on a <see cref="Clone"/>, which replaces this one
/// only after the tag has verified.
/// </summary>
internal sealed class Session
{
    public const int AssociatedDataSize = (2 * DeviceIdentity.EncodedSize) + 32;

    private const byte Format = 1;

    /// <summary>SHA-256 of <c>Enc(ID_A) ‖ EK.pub</c>, the same on both sides.</summary>
    public required byte[] Id { get; init; }

    public required DeviceIdentity Peer { get; init; }

    /// <summary><c>Enc(ID_A) ‖ Enc(ID_B) ‖ SHA-256(11 ‖ KEM_B.pub)</c>.</summary>
    public required byte[] AssociatedData { get; init; }

    /// <summary>Goes into every message until one from the peer has been decrypted; null on the other side, and after that.</summary>
    public byte[]? PendingPreKeyHeader { get; set; }

    public required byte[] RootKey { get; init; }

    public required X25519KeyPair Ratchet { get; set; }

    /// <summary>Null until the first message has been received, on the side that did not start.</summary>
    public byte[]? PeerRatchetKey { get; set; }

    /// <summary>Null when the next message to send begins a chain: the new ratchet pair is made only then (Double Ratchet §3.5, deferred).</summary>
    public byte[]? SendingChain { get; set; }

    public byte[]? ReceivingChain { get; set; }

    public uint Sent { get; set; }

    public uint Received { get; set; }

    public uint PreviousSent { get; set; }

    /// <summary>How many keys are kept for messages that were overtaken; the keys are stored apart, and read only when this is not 0.</summary>
    public int SkippedCount { get; set; }

    public string StoreKey => Convert.ToHexStringLower(Id);

    public Session Clone() => new()
    {
        Id = Id,
        Peer = Peer,
        AssociatedData = AssociatedData,
        PendingPreKeyHeader = PendingPreKeyHeader,
        RootKey = [.. RootKey],
        Ratchet = new([.. Ratchet.Private], Ratchet.Public),
        PeerRatchetKey = PeerRatchetKey,
        SendingChain = Copy(SendingChain),
        ReceivingChain = Copy(ReceivingChain),
        Sent = Sent,
        Received = Received,
        PreviousSent = PreviousSent,
        SkippedCount = SkippedCount,
    };

    public void Write(StateWriter writer)
    {
        writer.Byte(Format);
        writer.Bytes(Id);
        writer.Bytes(Peer.Encoded.Span);
        writer.Bytes(AssociatedData);
        writer.OptionalBytes(PendingPreKeyHeader);
        writer.Bytes(RootKey);
        writer.Bytes(Ratchet.Private);
        writer.Bytes(Ratchet.Public);
        writer.OptionalBytes(PeerRatchetKey);
        writer.OptionalBytes(SendingChain);
        writer.OptionalBytes(ReceivingChain);
        writer.UInt32(Sent);
        writer.UInt32(Received);
        writer.UInt32(PreviousSent);
        writer.UInt32((uint)SkippedCount);
    }

    public static Session Read(ref StateReader reader)
    {
        if (reader.Byte() != Format)
            throw new EncryptionException(EncryptionError.CorruptState, "A stored session was written by another version.");
        return new()
        {
            Id = reader.Bytes(32),
            Peer = DeviceIdentity.FromEncoded(reader.Bytes(DeviceIdentity.EncodedSize)),
            AssociatedData = reader.Bytes(AssociatedDataSize),
            PendingPreKeyHeader = reader.OptionalBytes(PreKeyHeader.Size),
            RootKey = reader.Bytes(32),
            Ratchet = new(reader.Bytes(32), reader.Bytes(32)),
            PeerRatchetKey = reader.OptionalBytes(32),
            SendingChain = reader.OptionalBytes(32),
            ReceivingChain = reader.OptionalBytes(32),
            Sent = reader.UInt32(),
            Received = reader.UInt32(),
            PreviousSent = reader.UInt32(),
            SkippedCount = reader.Count(SkippedKeys.Limit),
        };
    }

    public void Zero()
    {
        CryptographicOperations.ZeroMemory(RootKey);
        CryptographicOperations.ZeroMemory(SendingChain);
        CryptographicOperations.ZeroMemory(ReceivingChain);
        Ratchet.Zero();
    }

    private static byte[]? Copy(byte[]? bytes) => bytes is null ? null : [.. bytes];
}
