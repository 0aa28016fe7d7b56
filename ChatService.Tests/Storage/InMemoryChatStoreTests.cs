using ChatService.Client.Storage;

namespace ChatService.Tests.Storage;

public sealed class InMemoryChatStoreTests : ChatStoreTests
{
    protected override Task<IChatStore> OpenAsync() => Task.FromResult<IChatStore>(new InMemoryChatStore());
}
