using ChatService.Client.Encryption.Envelopes;
using ChatService.Client.Encryption.Keys;

namespace ChatService.Benchmarks.Encryption;

/// <summary>A sender and its receivers, with a text of 200 bytes.</summary>
internal sealed class BenchmarkConversation
{
    private static readonly byte[] Text = new byte[200];

    private readonly Guid _id = Guid.CreateVersion7();

    public BenchmarkDevice Sender { get; private init; } = null!;

    public BenchmarkDevice[] Receivers { get; private init; } = [];

    public static async Task<BenchmarkConversation> CreateAsync(int receivers) => new()
    {
        Sender = await BenchmarkDevice.CreateAsync(),
        Receivers = await Task.WhenAll(Enumerable.Range(0, receivers).Select(_ => BenchmarkDevice.CreateAsync())),
    };

    /// <summary>Every receiver has answered, so that messages no longer carry a prekey header.</summary>
    public async Task SettleAsync()
    {
        var first = await SealAsync(Bundles(), commit: true);
        foreach (var receiver in Receivers)
        {
            await OpenAsync(receiver, first, commit: true);
            await using var answering = await receiver.Store.BeginAsync();
            var answer = await receiver.Sealer.SealAsync(answering, _id, Guid.CreateVersion7(), Text, [Sender.AsRecipient]);
            await answering.CommitAsync();
            await using var opening = await Sender.Store.BeginAsync();
            await Sender.Opener.OpenAsync(opening, _id, receiver.UserId, answer.EncryptedContent, answer.Nonce, answer.AuthTag);
            await opening.CommitAsync();
        }

        // The first message after an answer makes a new ratchet pair; what is measured are those after it.
        var second = await SealAsync([], commit: true);
        foreach (var receiver in Receivers)
            await OpenAsync(receiver, second, commit: true);
    }

    public PreKeyBundle[] Bundles() => [.. Receivers.Select(receiver => receiver.Bundle())];

    public async Task<SealedEnvelope> SealAsync(PreKeyBundle[] bundles, bool commit)
    {
        await using var transaction = await Sender.Store.BeginAsync();
        var envelope = await Sender.Sealer.SealAsync(
            transaction, _id, Guid.CreateVersion7(), Text, [.. Receivers.Select(receiver => receiver.AsRecipient)], bundles);
        if (commit)
            await transaction.CommitAsync();
        return envelope;
    }

    public async Task<OpenedMessage> OpenAsync(BenchmarkDevice receiver, SealedEnvelope envelope, bool commit)
    {
        await using var transaction = await receiver.Store.BeginAsync();
        var opened = await receiver.Opener.OpenAsync(transaction, _id, Sender.UserId, envelope.EncryptedContent, envelope.Nonce, envelope.AuthTag);
        if (commit)
            await transaction.CommitAsync();
        return opened;
    }
}
