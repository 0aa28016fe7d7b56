using ChatService.Client.Encryption.Sessions;

namespace ChatService.Client.Encryption.Envelopes;

/// <summary>The part of an envelope that is for one device: the seed, in a message of its session.</summary>
internal readonly record struct Wrap(PreKeyHeader? PreKeyHeader, ReadOnlyMemory<byte> RatchetMessage);
