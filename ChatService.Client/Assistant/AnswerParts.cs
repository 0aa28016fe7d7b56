using ChatService.Client.Connection;
using ChatService.Client.Encryption;
using ChatService.Client.Outbox;
using Microsoft.Extensions.Logging;

namespace ChatService.Client.Assistant;

/// <summary>What an <see cref="AnswerWriter"/> works with.</summary>
internal sealed record AnswerParts(
    ILinkSource Links, OutboxSealer Sealer, MessageOutbox Outbox, Guid OwnDevice, EncryptionOptions Encryption, TimeProvider Time, ILogger Logger, CancellationToken Stop);
