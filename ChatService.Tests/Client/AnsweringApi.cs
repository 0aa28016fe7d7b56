using System.Net;
using System.Text;
using ChatService.Client.Api;
using ChatService.Client.SignIn;

namespace ChatService.Tests.Client;

/// <summary>A REST API whose answers the test dictates, path by path; anything else is not found.</summary>
internal sealed class AnsweringApi : HttpMessageHandler
{
    private readonly Dictionary<string, string> _answers = [];

    public List<string> Asked { get; } = [];

    public void Answer(string path, string json) => _answers[path] = json;

    public ChatApi CreateApi() => new(
        new HttpClient(this, disposeHandler: false) { BaseAddress = new Uri("http://server.test") }, new AccessTokens(new SignedIn(), TimeProvider.System));

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath;
        Asked.Add(path);
        return Task.FromResult(_answers.TryGetValue(path, out var json)
            ? new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(json, Encoding.UTF8, "application/json") }
            : new HttpResponseMessage(HttpStatusCode.NotFound));
    }

    private sealed class SignedIn : IAccessTokenSource
    {
        public ValueTask<string> GetAccessTokenAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult("token");

        public ValueTask SignOutAsync(CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
    }
}
