using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using ChatService.Contracts;
using ChatService.Tests.Api;
using ChatService.Tests.AppHost;

namespace ChatService.Tests.Attachments;

/// <summary>An upload over plain HTTP, which can do what the SDK never would.</summary>
internal sealed class Upload(Guid conversationId, long size) : IDisposable
{
    private readonly HttpClient _http = new();

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid MessageId { get; init; } = Guid.CreateVersion7();

    public byte[] Bytes { get; } = RandomNumberGenerator.GetBytes((int)Math.Min(size, Limits.AttachmentCiphertext));

    public CreateAttachmentRequest Request => new(Id, MessageId, size);

    public static async Task<Upload> BeginAsync(AppHostFixture stack, ApiUser user, Guid conversationId, long size)
    {
        var upload = new Upload(conversationId, size);
        upload._http.BaseAddress = await stack.HubAsync(1);
        await user.CallAsync<AttachmentStatus>(HttpMethod.Post, Routes.ConversationAttachments(conversationId), upload.Request);
        return upload;
    }

    public byte[] Chunk(int index) => Bytes[(index * Limits.AttachmentChunk)..Math.Min(Bytes.Length, (index + 1) * Limits.AttachmentChunk)];

    /// <summary>Null when it went through, else the error code, at once.</summary>
    public async Task<string?> BeginAgainAsync(ApiUser user, CreateAttachmentRequest body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Routes.ConversationAttachments(conversationId)) { Content = JsonContent.Create(body) };
        using var response = await SendAsync(user, request);
        return response.IsSuccessStatusCode ? null : await CodeAsync(response);
    }

    public Task<AttachmentStatus> StatusAsync(ApiUser user) => user.GetAsync<AttachmentStatus>(Routes.Attachment(Id));

    /// <summary>Null when it went through, else the error code.</summary>
    public async Task<string?> PutAsync(ApiUser user, int index, byte[] bytes)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, Routes.AttachmentChunk(Id, index)) { Content = new ByteArrayContent(bytes) };
        using var response = await SendAsync(user, request);
        return response.IsSuccessStatusCode ? null : await CodeAsync(response);
    }

    /// <summary>The chunk, or the error code.</summary>
    public async Task<(byte[]? Bytes, string? Code)> GetAsync(ApiUser user, int index)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Routes.AttachmentChunk(Id, index));
        using var response = await SendAsync(user, request);
        return response.IsSuccessStatusCode
            ? (await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), null)
            : (null, await CodeAsync(response));
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(ApiUser user, HttpRequestMessage request)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await user.Tokens.GetAccessTokenAsync());
        return await _http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static async Task<string?> CodeAsync(HttpResponseMessage response) =>
        (await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("code").GetString();
}
