using ChatService.Contracts;
using ChatService.Tests.HubCalls;

namespace ChatService.Tests.Abuse;

/// <summary>For each rate limit the kinds of calls that it counts. That a call is refused for another reason does not make it free.</summary>
internal static class RateLimitRows
{
    private static readonly string s_thousand = new('a', 1000);

    /// <summary>Limits that no call is refused by, and what is tested instead.</summary>
    public static IReadOnlyDictionary<RateLimit, string> Elsewhere { get; } = new Dictionary<RateLimit, string>
    {
        [RateLimits.OneTimePreKeys] = nameof(OneTimePreKeyLimitTests),
        [RateLimits.OneTimePreKeysOfUser] = nameof(OneTimePreKeyLimitTests),
        [RateLimits.OneTimePreKeysOfTarget] = nameof(OneTimePreKeyLimitTests),
    };

    public static IReadOnlyList<RateLimitRow> All { get; } =
    [
        new(RateLimits.Messages, nameof(IChatHub.SendMessage), caller => caller.HubAsync(nameof(IChatHub.SendMessage), Guid.CreateVersion7(), "", "", null)),
        new(RateLimits.Messages, nameof(IChatHub.SendAttachment), caller => caller.HubAsync(nameof(IChatHub.SendAttachment), Guid.CreateVersion7(), MessageType.File, "", "", null)),
        new(RateLimits.Messages, nameof(IChatHub.StreamAIResponse), caller => caller.AskAsync(Guid.CreateVersion7(), "")),
        new(RateLimits.MessageBytes, nameof(IChatHub.SendMessage), caller => caller.HubAsync(nameof(IChatHub.SendMessage), Guid.CreateVersion7(), s_thousand, "", null), s_thousand.Length),
        new(RateLimits.MessageBytes, nameof(IChatHub.StreamAIResponse), caller => caller.AskAsync(Guid.CreateVersion7(), s_thousand), s_thousand.Length),
        new(RateLimits.Ephemeral, nameof(IChatHub.SendTypingIndicator), caller => caller.HubAsync(nameof(IChatHub.SendTypingIndicator), Guid.CreateVersion7(), true)),
        new(RateLimits.Ephemeral, nameof(IChatHub.MarkMessageRead), caller => caller.HubAsync(nameof(IChatHub.MarkMessageRead), Guid.CreateVersion7(), Guid.CreateVersion7())),
        new(RateLimits.Ephemeral, nameof(IChatHub.MarkMessageDelivered), caller => caller.HubAsync(nameof(IChatHub.MarkMessageDelivered), Guid.CreateVersion7(), Guid.CreateVersion7())),
        new(RateLimits.Ephemeral, nameof(IChatHub.SetPresence), caller => caller.HubAsync(nameof(IChatHub.SetPresence), PresenceStatus.Away)),
        new(RateLimits.Sync, nameof(IChatHub.JoinRoom), caller => caller.HubAsync(nameof(IChatHub.JoinRoom), Guid.CreateVersion7())),
        new(RateLimits.Sync, nameof(IChatHub.LeaveRoom), caller => caller.HubAsync(nameof(IChatHub.LeaveRoom), Guid.CreateVersion7())),
        new(RateLimits.Sync, nameof(IChatHub.GetPresence), caller => caller.HubAsync(nameof(IChatHub.GetPresence))),
        new(RateLimits.Sync, nameof(IChatHub.CatchUp), caller => caller.CatchUpAsync()),
        new(RateLimits.Connections, "connecting", ConnectAsync),
        new(RateLimits.AIChunks, nameof(IChatHub.SendAIChunk), caller => caller.HubAsync(nameof(IChatHub.SendAIChunk), new AIChunk(Guid.CreateVersion7(), Guid.CreateVersion7(), 0, "", "", ""))),
        new(RateLimits.AIChunks, nameof(IChatHub.CompleteAIResponse), caller => caller.HubAsync(nameof(IChatHub.CompleteAIResponse), Guid.CreateVersion7(), Guid.CreateVersion7())),
        new(RateLimits.Reads, "reading", caller => caller.RestAsync(HttpMethod.Get, Routes.Conversations)),
        new(RateLimits.Keys, "changing devices", caller => caller.RestAsync(HttpMethod.Delete, Routes.Device(Guid.CreateVersion7()))),
        new(RateLimits.KeyBundles, "fetching bundles", caller => caller.RestAsync(HttpMethod.Get, Routes.UserKeys(Guid.CreateVersion7(), caller.Client.DeviceId))),
        new(RateLimits.Directory, "looking up", caller => caller.RestAsync(HttpMethod.Get, Routes.User("nobody"))),
        new(RateLimits.Conversations, "changing conversations", caller => caller.RestAsync(HttpMethod.Delete, Routes.Conversation(Guid.CreateVersion7()))),
        new(RateLimits.Attachments, "files", caller => caller.RestAsync(HttpMethod.Get, Routes.Attachment(Guid.CreateVersion7()))),
        new(RateLimits.AttachmentChunks, "chunks", caller => caller.RestAsync(HttpMethod.Get, Routes.AttachmentChunk(Guid.CreateVersion7(), 0))),
        new(RateLimits.Accounts, "sign-in", caller => caller.RestAsync(HttpMethod.Post, Routes.SignIn, new SignInRequest("nobody", "a guess"))),
        new(RateLimits.Accounts, "/connect/token", caller => caller.RestAsync(HttpMethod.Post, "/connect/token", Form("grant_type", "refresh_token", "client_id", "chat-cli", "refresh_token", "a guess"))),
        new(RateLimits.Accounts, "/connect/device", caller => caller.RestAsync(HttpMethod.Post, "/connect/device", Form("client_id", "nobody"))),
        new(RateLimits.Accounts, "/connect/revoke", caller => caller.RestAsync(HttpMethod.Post, "/connect/revoke", Form("client_id", "chat-cli", "token", "a guess"))),
        // From a new address each time, as someone does who guesses.
        new(RateLimits.AccountFailures, "/connect/token", caller => SecretAsync(caller, "/connect/token")),
        new(RateLimits.AccountFailures, "/connect/revoke", caller => SecretAsync(caller, "/connect/revoke")),
    ];

    private static async Task<ChatError?> ConnectAsync(Caller caller)
    {
        await using var connection = RawClient.Build(caller.Hub.Address, Guid.CreateVersion7().ToString(), caller.Client.User);
        return await RawClient.RefusedConnectionAsync(connection);
    }

    private static async Task<ChatError?> SecretAsync(Caller caller, string path)
    {
        caller.Move();
        return await caller.RestAsync(HttpMethod.Post, path, Form(
            "grant_type", "client_credentials", "client_id", caller.UserId.ToString(), "client_secret", "a guess", "token", "any"));
    }

    private static FormUrlEncodedContent Form(params string[] fields) =>
        new(fields.Chunk(2).Select(field => KeyValuePair.Create(field[0], field[1])));
}
