using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ChatService.Contracts;
using ChatService.Tests.AppHost;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ChatService.Tests.Abuse;

/// <summary>Bodies that make no sense, at every endpoint that takes one.</summary>
public sealed class MalformedBodyTests(OutsiderTests.Scene scene) : IClassFixture<OutsiderTests.Scene>
{
    /// <summary>Not UTF-8, not UTF-16, not JSON, not an object, and not small.</summary>
    private static readonly (string What, byte[] Body)[] s_bodies =
    [
        .. ((string[])["", "null", "[]", "7", "\"text\"", "{", "{}", "not JSON", "{\"unknown\":1}", new string('[', 1000)]).Select(text => (text.Length < 20 ? text : "deep", Encoding.UTF8.GetBytes(text))),
        ("invalid UTF-8", [(byte)'{', (byte)'"', 0xC3, 0x28, (byte)'"', (byte)':', (byte)'1', (byte)'}']),
        ("too large", Encoding.UTF8.GetBytes($$"""{"name":"{{new string('x', 300_000)}}"}""")),
    ];

    [Fact]
    public async Task Every_endpoint_refuses_them_with_a_typed_error_and_nothing_changes()
    {
        var before = await scene.Stage.StoredAsync();
        List<string> wrong = [];
        var endpoints = Endpoints();
        foreach (var (method, path, properties) in endpoints)
        {
            foreach (var (what, body) in s_bodies.Concat(Values(properties)))
            {
                var (status, code, text) = await CallAsync(method, path, body);
                if (path.EndsWith("/timer", StringComparison.Ordinal) && status == HttpStatusCode.OK && body is [(byte)'{', .., (byte)'}'] && !what.Contains("seconds", StringComparison.Ordinal))
                {
                    // Without a number there is no timer, which is how it was.
                    continue;
                }

                if (!IsRefusal(status, code) || text.Contains("Exception", StringComparison.Ordinal))
                {
                    wrong.Add($"{method} {path} {what}: {(int)status} {text}");
                }
            }
        }

        Assert.True(endpoints.Count >= 15, $"Only {endpoints.Count} endpoints take a body.");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal(before, await scene.Stage.StoredAsync());
    }

    private static bool IsRefusal(HttpStatusCode status, string? code) => status switch
    {
        HttpStatusCode.BadRequest => code == ErrorCodes.InvalidArgument,
        HttpStatusCode.RequestEntityTooLarge => code == ErrorCodes.TooLarge,
        // A sign-in that cannot be right.
        HttpStatusCode.Unauthorized => code == ErrorCodes.Unauthorized,
        _ => false,
    };

    /// <summary>For each property a value of every wrong kind.</summary>
    private static IEnumerable<(string What, byte[] Body)> Values(IEnumerable<string> properties) => properties.SelectMany(property =>
        ((string[])["{}", "[[]]", "[null]", "-1", "1e400", "true", "\"\\ud800\"", "\"\\u0000\""]).Select(value =>
            ($"{property}: {value}", Encoding.UTF8.GetBytes($$"""{"{{property}}":{{value}}}"""))));

    /// <summary>Those that take JSON, with ids that are there and the caller's own.</summary>
    private List<(HttpMethod Method, string Path, IReadOnlyList<string> Properties)> Endpoints() =>
    [
        .. scene.Stage.Hub.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(endpoint => (Endpoint: endpoint, Type: endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType))
            .Where(taking => taking.Type is not null && taking.Type != typeof(Stream))
            .Select(taking => (
                HttpMethod.Parse(taking.Endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0]),
                PathOf(taking.Endpoint),
                (IReadOnlyList<string>)[.. taking.Type!.GetProperties().Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name))])),
    ];

    private string PathOf(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText!.Trim('/')
        .Replace("{conversationId:guid}", $"{scene.Stage.Group}", StringComparison.Ordinal)
        .Replace("{userId:guid}", $"{scene.Stage.Owner.UserId}", StringComparison.Ordinal)
        .Replace("{deviceId:guid}", $"{scene.Stage.Owner.Client.DeviceId}", StringComparison.Ordinal);

    private async Task<(HttpStatusCode Status, string? Code, string Text)> CallAsync(HttpMethod method, string path, byte[] body)
    {
        using var http = new HttpClient { BaseAddress = scene.Stage.Hub.Address };
        using var request = new HttpRequestMessage(method, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await scene.Stage.Owner.Client.User.Tokens.GetAccessTokenAsync());
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        using var problem = response.IsSuccessStatusCode ? null : JsonDocument.Parse(text);
        return (response.StatusCode, problem?.RootElement.GetProperty("code").GetString(), text);
    }
}
