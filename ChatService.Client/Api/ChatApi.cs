using System.Net.Http.Json;
using System.Text.Json.Serialization.Metadata;
using ChatService.Contracts;

namespace ChatService.Client.Api;

/// <summary>The REST API, as far as a device needs it. Every refusal is a <see cref="ChatException"/>.</summary>
internal sealed class ChatApi(HttpClient http, AccessTokens tokens)
{
    private static readonly ClientJson Json = ClientJson.Default;

    public Task<UserProfile> MeAsync(CancellationToken ct) => GetAsync(Routes.Me, Json.UserProfile, ct);

    public Task<UserProfile> UserAsync(string handle, CancellationToken ct) => GetAsync(Routes.User(handle), Json.UserProfile, ct);

    public Task<IReadOnlyList<DeviceInfo>> DevicesAsync(CancellationToken ct) => GetAsync(Routes.Devices, Json.IReadOnlyListDeviceInfo, ct);

    public Task<RegisterDeviceResponse> RegisterDeviceAsync(Guid deviceId, RegisterDeviceRequest request, CancellationToken ct) =>
        SendAsync(HttpMethod.Put, Routes.Device(deviceId), request, Json.RegisterDeviceRequest, Json.RegisterDeviceResponse, ct);

    public Task RemoveDeviceAsync(Guid deviceId, CancellationToken ct) =>
        SendAsync(HttpMethod.Delete, Routes.Device(deviceId), null, ct);

    public Task RenameDeviceAsync(Guid deviceId, string name, CancellationToken ct) =>
        SendAsync(HttpMethod.Patch, Routes.Device(deviceId), JsonContent.Create(new(name), Json.RenameDeviceRequest), ct);

    public Task<PrivacySettings> PrivacyAsync(CancellationToken ct) => GetAsync(Routes.Settings, Json.PrivacySettings, ct);

    public Task SetPrivacyAsync(PrivacySettings settings, CancellationToken ct) =>
        SendAsync(HttpMethod.Put, Routes.Settings, JsonContent.Create(settings, Json.PrivacySettings), ct);

    public Task<IReadOnlyList<BlockedUser>> BlocksAsync(CancellationToken ct) => GetAsync(Routes.Blocks, Json.IReadOnlyListBlockedUser, ct);

    public Task BlockAsync(Guid userId, CancellationToken ct) => SendAsync(HttpMethod.Put, Routes.Block(userId), null, ct);

    public Task UnblockAsync(Guid userId, CancellationToken ct) => SendAsync(HttpMethod.Delete, Routes.Block(userId), null, ct);

    public Task DeleteAccountAsync(string password, CancellationToken ct) =>
        SendAsync(HttpMethod.Delete, Routes.OwnAccount, JsonContent.Create(new(password), Json.DeleteAccountRequest), ct);

    public Task<IReadOnlyList<KeyBundle>> UserKeysAsync(Guid userId, Guid requestingDevice, CancellationToken ct) =>
        GetAsync(Routes.UserKeys(userId, requestingDevice), Json.IReadOnlyListKeyBundle, ct);

    public Task<KeyCount> KeyCountAsync(Guid deviceId, CancellationToken ct) => GetAsync(Routes.DeviceKeys(deviceId), Json.KeyCount, ct);

    public Task<KeyCheckResponse> CheckKeysAsync(Guid deviceId, KeyCheckRequest request, CancellationToken ct) =>
        SendAsync(HttpMethod.Post, Routes.DeviceKeyCheck(deviceId), request, Json.KeyCheckRequest, Json.KeyCheckResponse, ct);

    public Task ReplacePreKeysAsync(Guid deviceId, ReplacePreKeysRequest request, CancellationToken ct) =>
        SendAsync(HttpMethod.Put, Routes.DeviceKeys(deviceId), JsonContent.Create(request, Json.ReplacePreKeysRequest), ct);

    public Task AddOneTimePreKeysAsync(Guid deviceId, AddOneTimePreKeysRequest request, CancellationToken ct) =>
        SendAsync(HttpMethod.Post, Routes.DeviceOneTimePreKeys(deviceId), JsonContent.Create(request, Json.AddOneTimePreKeysRequest), ct);

    public Task<IReadOnlyList<ConversationDetails>> ConversationsAsync(CancellationToken ct) =>
        GetAsync(Routes.Conversations, Json.IReadOnlyListConversationDetails, ct);

    public Task<ConversationDetails> ConversationAsync(Guid conversationId, CancellationToken ct) =>
        GetAsync(Routes.Conversation(conversationId), Json.ConversationDetails, ct);

    public Task<ConversationDetails> CreateConversationAsync(CreateConversationRequest request, CancellationToken ct) =>
        SendAsync(HttpMethod.Post, Routes.Conversations, request, Json.CreateConversationRequest, Json.ConversationDetails, ct);

    public Task<DeliveryList> DeliveryListAsync(Guid conversationId, Guid requestingDevice, CancellationToken ct) =>
        GetAsync($"{Routes.ConversationDevices(conversationId)}?{Routes.DeviceParameter}={requestingDevice}", Json.DeliveryList, ct);

    public Task<ConversationDetails> ChangeTimerAsync(Guid conversationId, int? seconds, CancellationToken ct) =>
        SendAsync(HttpMethod.Put, Routes.ConversationTimer(conversationId), new ChangeTimerRequest(seconds), Json.ChangeTimerRequest, Json.ConversationDetails, ct);

    public Task<ConversationDetails> UpdateConversationAsync(Guid conversationId, UpdateConversationRequest request, CancellationToken ct) =>
        SendAsync(HttpMethod.Patch, Routes.Conversation(conversationId), request, Json.UpdateConversationRequest, Json.ConversationDetails, ct);

    public Task DeleteConversationAsync(Guid conversationId, CancellationToken ct) => SendAsync(HttpMethod.Delete, Routes.Conversation(conversationId), null, ct);

    public Task<ConversationDetails> AddMemberAsync(Guid conversationId, Guid userId, CancellationToken ct) =>
        SendAsync(HttpMethod.Post, Routes.ConversationMembers(conversationId), new AddMemberRequest(userId), Json.AddMemberRequest, Json.ConversationDetails, ct);

    public Task RemoveMemberAsync(Guid conversationId, Guid userId, CancellationToken ct) =>
        SendAsync(HttpMethod.Delete, Routes.ConversationMember(conversationId, userId), null, ct);

    public Task<ConversationDetails> ChangeRoleAsync(Guid conversationId, Guid userId, ParticipantRole role, CancellationToken ct) =>
        SendAsync(HttpMethod.Put, Routes.ConversationMemberRole(conversationId, userId), new ChangeRoleRequest(role), Json.ChangeRoleRequest, Json.ConversationDetails, ct);

    public Task<AttachmentStatus> CreateAttachmentAsync(Guid conversationId, CreateAttachmentRequest request, CancellationToken ct) =>
        SendAsync(HttpMethod.Post, Routes.ConversationAttachments(conversationId), request, Json.CreateAttachmentRequest, Json.AttachmentStatus, ct);

    public Task DeleteAttachmentAsync(Guid attachmentId, CancellationToken ct) => SendAsync(HttpMethod.Delete, Routes.Attachment(attachmentId), null, ct);

    public async Task<bool> PutChunkAsync(Guid attachmentId, int index, byte[] chunk, CancellationToken ct)
    {
        var content = new ByteArrayContent(chunk) { Headers = { ContentType = new("application/octet-stream") } };
        using var response = await SendAsync(HttpMethod.Put, Routes.AttachmentChunk(attachmentId, index), content, ct);
        return true;
    }

    /// <summary>At most a byte more than a chunk has, however much the server sends.</summary>
    public async Task<byte[]> GetChunkAsync(Guid attachmentId, int index, CancellationToken ct)
    {
        using var response = await SendAsync(HttpMethod.Get, Routes.AttachmentChunk(attachmentId, index), null, ct, HttpCompletionOption.ResponseHeadersRead);
        await using var body = await response.Content.ReadAsStreamAsync(ct);
        var chunk = new byte[Limits.AttachmentChunk + 1];
        return chunk[..await body.ReadAtLeastAsync(chunk, chunk.Length, throwOnEndOfStream: false, ct)];
    }

    private async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken ct)
    {
        using var response = await SendAsync(HttpMethod.Get, path, null, ct);
        return await ReadAsync(response, type, ct);
    }

    private async Task<TResult> SendAsync<T, TResult>(
        HttpMethod method, string path, T body, JsonTypeInfo<T> type, JsonTypeInfo<TResult> resultType, CancellationToken ct)
    {
        using var response = await SendAsync(method, path, JsonContent.Create(body, type), ct);
        return await ReadAsync(response, resultType, ct);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken ct, HttpCompletionOption completion = HttpCompletionOption.ResponseContentRead)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Authorization = new("Bearer", await tokens.GetAsync(ct));
        try
        {
            var response = await http.SendAsync(request, completion, ct);
            if (response.IsSuccessStatusCode)
                return response;
            using (response)
                throw await ApiErrors.ReadAsync(response, ct);
        }
        catch (HttpRequestException e)
        {
            throw ApiErrors.Unreachable(http.BaseAddress, e);
        }
        catch (TaskCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw ApiErrors.Unreachable(http.BaseAddress, e);
        }
    }

    private async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken ct)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync(type, ct)
                ?? throw new System.Text.Json.JsonException("The answer is empty.");
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or NotSupportedException or HttpRequestException or IOException)
        {
            throw ApiErrors.Unreachable(http.BaseAddress, e);
        }
    }
}
