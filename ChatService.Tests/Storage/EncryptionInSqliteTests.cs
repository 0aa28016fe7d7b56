using ChatService.Client.Encryption.Envelopes;
using ChatService.Client.Encryption.Keys;
using ChatService.Client.Storage;
using ChatService.Tests.Encryption;

namespace ChatService.Tests.Storage;

/// <summary>The encryption on the store that terminals and bots use, opened anew for every step.</summary>
public sealed class EncryptionInSqliteTests : IDisposable
{
    private static readonly Guid Conversation = Guid.CreateVersion7();
    private readonly TemporaryFolder _folder = new();
    private readonly Guid _userId = Guid.CreateVersion7();
    private readonly Guid _deviceId = Guid.CreateVersion7();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Keys_and_sessions_outlive_the_process()
    {
        var bob = await TestDevice.CreateAsync();
        await RunAsync(async transaction => await new DeviceKeys().CreateAsync(transaction, Ct));
        for (var i = 0; i < 3; i++)
        {
            var id = Guid.CreateVersion7();
            var envelope = await RunAsync(async transaction => await new MessageSealer(_deviceId).SealAsync(
                transaction, Conversation, id, "hello"u8.ToArray(), [bob.AsRecipient], i == 0 ? [bob.Bundle()] : [], Ct));
            Assert.Equal("hello", await bob.OpenAsync(new(Conversation, _userId, _deviceId, id, envelope)));

            await using var answering = await bob.Store.BeginAsync(Ct);
            var answer = await bob.Sealer.SealAsync(answering, Conversation, Guid.CreateVersion7(), "answer"u8.ToArray(), [new(_userId, _deviceId)], ct: Ct);
            await answering.CommitAsync(Ct);
            var opened = await RunAsync(async transaction => await new MessageOpener(_deviceId).OpenAsync(
                transaction, Conversation, bob.UserId, answer.EncryptedContent, answer.Nonce, answer.AuthTag, Ct));
            Assert.Equal("answer"u8.ToArray(), opened.Content);
        }
    }

    private async Task<T> RunAsync<T>(Func<IChatTransaction, Task<T>> step)
    {
        await using var store = await SqliteChatStore.OpenAsync(_folder.PathOf("chat.db"), ct: Ct);
        await using var transaction = await store.BeginAsync(Ct);
        var result = await step(transaction);
        await transaction.CommitAsync(Ct);
        return result;
    }
}
