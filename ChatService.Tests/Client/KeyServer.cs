using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ChatService.Client.Api;
using ChatService.Client.Encryption.Keys;
using ChatService.Contracts;

namespace ChatService.Tests.Client;

/// <summary>What a server does with one device's keys, and what it could lose on the way.</summary>
internal sealed class KeyServer(byte[] digest, int oneTimePreKeys = 100) : HttpMessageHandler
{
    public List<ReplacePreKeysRequest> Replaced { get; } = [];

    public byte[] Digest { get; set; } = digest;

    public int OneTimePreKeys { get; set; } = oneTimePreKeys;

    public List<int> Added { get; } = [];

    /// <summary>Uploads do not get through.</summary>
    public bool IsAway { get; set; }

    /// <summary>What the digest will be once an upload has come: the test knows the keys.</summary>
    public required Func<Task<PublicDeviceKeys>> Keys { get; init; }

    public ChatApi CreateApi() => new(
        new HttpClient(this, disposeHandler: false) { BaseAddress = new Uri("http://server.test") }, new AccessTokens(new SignedIn(), TimeProvider.System));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (IsAway && request.Method != HttpMethod.Get)
        {
            throw new HttpRequestException("The server is away.");
        }

        switch (request.Method.Method, request.RequestUri!.AbsolutePath.Split('/')[^1])
        {
            case ("GET", "keys"):
                return Json(new KeyCount(OneTimePreKeys, 0, 0, DateTime.UnixEpoch));
            case ("PUT", "keys"):
                Replaced.Add((await request.Content!.ReadFromJsonAsync<ReplacePreKeysRequest>(JsonSerializerOptions.Web, cancellationToken))!);
                Digest = (await Keys()).CheckDigest();
                return new HttpResponseMessage(HttpStatusCode.NoContent);
            case ("POST", "one-time"):
                var added = (await request.Content!.ReadFromJsonAsync<AddOneTimePreKeysRequest>(JsonSerializerOptions.Web, cancellationToken))!.OneTimePreKeys.Count;
                Added.Add(added);
                OneTimePreKeys += added;
                return new HttpResponseMessage(HttpStatusCode.NoContent);
            case ("POST", "check"):
                var check = (await request.Content!.ReadFromJsonAsync<KeyCheckRequest>(JsonSerializerOptions.Web, cancellationToken))!;
                return Json(new KeyCheckResponse(check.Digest == Convert.ToBase64String(Digest)));
            default:
                return new HttpResponseMessage(HttpStatusCode.NotFound);
        }
    }

    private static HttpResponseMessage Json<T>(T value) =>
        new(HttpStatusCode.OK) { Content = JsonContent.Create(value, options: JsonSerializerOptions.Web) };
}
