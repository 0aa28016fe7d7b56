using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using ChatService.Contracts;
using ChatService.Tests.Api;
using ChatService.Tests.HubCalls;
using Microsoft.AspNetCore.SignalR.Client;

namespace ChatService.Tests.Abuse;

/// <summary>A user with a device and an address of their own, who does not wait when told to.</summary>
internal sealed class Caller : IAsyncDisposable
{
    private const string Forwarded = "X-Forwarded-For";

    private readonly HttpClient _http;

    private Caller(InProcessHub hub, RawClient client, HttpClient http) => (Hub, Client, _http) = (hub, client, http);

    public InProcessHub Hub { get; }

    public RawClient Client { get; }

    public Guid UserId => Client.User.Id;

    public static async Task<Caller> CreateAsync(InProcessHub hub, bool useMessagePack = false)
    {
        var user = await hub.NewUserAsync();
        var http = new HttpClient { BaseAddress = hub.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await user.Tokens.GetAccessTokenAsync());
        var caller = new Caller(hub, await RawClient.ConnectAsync(hub.Address, user, useMessagePack), http);
        caller.Move();
        return caller;
    }

    /// <summary>Calls from another address from here on.</summary>
    public void Move()
    {
        _http.DefaultRequestHeaders.Remove(Forwarded);
        _http.DefaultRequestHeaders.Add(Forwarded, new IPAddress(RandomNumberGenerator.GetBytes(4)).ToString());
    }

    /// <summary>A call over REST. A refusal by a rate limit must have the header that says the same as its body.</summary>
    public async Task<ChatError?> RestAsync(HttpMethod method, string path, object? body = null)
    {
        using var content = body as HttpContent ?? (body is null ? null : JsonContent.Create(body, body.GetType()));
        using var request = new HttpRequestMessage(method, path) { Content = content };
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        if (response.IsSuccessStatusCode)
        {
            return null;
        }

        return await ReadAsync(response);
    }

    /// <summary>All that a caller can tell two refusals apart by.</summary>
    public async Task<string> AnswerAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body as HttpContent ?? (body is null ? null : JsonContent.Create(body, body.GetType())) };
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        response.Headers.Date = null;
        return $"{response.StatusCode} {Regex.Replace(text, "\"traceId\":\"[^\"]*\"", "")}\n{response.Headers}{response.Content.Headers}";
    }

    private static async Task<ChatError> ReadAsync(HttpResponseMessage response)
    {
        var error = (await response.Content.ReadFromJsonAsync<JsonElement>()).Deserialize<Refusal>(JsonSerializerOptions.Web)!;
        Assert.Equal(response.StatusCode == HttpStatusCode.TooManyRequests, error.Code == ErrorCodes.RateLimited);
        Assert.Equal(error.RetryAfterMs is { } wait ? Math.Ceiling(wait / 1000.0) : null, response.Headers.RetryAfter?.Delta?.TotalSeconds);
        return new ChatError(error.Code ?? error.Error!, error.Detail ?? "") { RetryAfterMs = error.RetryAfterMs };
    }

    /// <summary>A call of the hub.</summary>
    public Task<ChatError?> HubAsync(string method, params object?[] arguments) => TryAsync(() => Client.CallAsync(method, arguments));

    public Task<ChatError?> CatchUpAsync(params ConversationPosition[] positions) => TryAsync(() => Client.CatchUpAsync(positions));

    public Task<ChatError?> AskAsync(Guid conversationId, string prompt) => TryAsync(async () =>
    {
        await foreach (var _ in Client.Hub.StreamAsync<string>(nameof(IChatHub.StreamAIResponse), conversationId, prompt, TestContext.Current.CancellationToken))
        {
            break;
        }
    });

    private static async Task<ChatError?> TryAsync(Func<Task> call)
    {
        try
        {
            await call();
            return null;
        }
        catch (Microsoft.AspNetCore.SignalR.HubException refusal)
        {
            return ChatError.Parse(refusal.Message);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Client.DisposeAsync();
    }

    /// <param name="Error">What OAuth's endpoints say instead of a code.</param>
    private sealed record Refusal(string? Code, string? Error, string? Detail, int? RetryAfterMs);
}
