using System.Collections.Concurrent;
using System.Net;
using ChatService.Client;
using ChatService.Client.SignIn;
using ChatService.Contracts;
using Microsoft.Extensions.Time.Testing;

namespace ChatService.Tests.Accounts;

/// <summary>How a program's sign-in takes what an authority answers.</summary>
public class ClientCredentialsTests
{
    private static readonly ClientCredentials s_elsewhere = new("id", "canary") { TokenEndpoint = new("http://authority.test/token"), Scope = "chat", Audience = "chatservice" };

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public static TheoryData<int, string, string> Refusals { get; } = new()
    {
        { 401, """{"error":"invalid_client"}""", ErrorCodes.Unauthorized },
        { 400, """{"error":"invalid_grant"}""", ErrorCodes.Unauthorized },
        { 400, """{"error":"invalid_scope"}""", ErrorCodes.Unauthorized },
        { 403, "<html>no</html>", ErrorCodes.Forbidden },
        { 404, "", ErrorCodes.NotFound },
        { 429, "", ErrorCodes.RateLimited },
        { 500, "", ErrorCodes.Internal },
        { 502, "", ErrorCodes.Unavailable },
        { 200, "<html>a proxy</html>", ErrorCodes.Internal },
        { 200, """{"token_type":"Bearer"}""", ErrorCodes.Internal },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task An_authority_that_gives_no_token_is_told_by_its_kind_and_asked_again_the_next_time(int status, string body, string code)
    {
        var authority = new Authority { Status = status, Body = body };
        using var http = new HttpClient(authority);
        using var tokens = new ClientCredentialsSignIn(http, s_elsewhere, _time);

        var refusal = await Assert.ThrowsAsync<ChatException>(() => TokenAsync(tokens));
        Assert.Equal(code, refusal.Code);
        Assert.DoesNotContain("canary", refusal.ToString(), StringComparison.Ordinal);

        (authority.Status, authority.Body) = (200, """{"access_token":"one"}""");
        Assert.Equal("one", await TokenAsync(tokens));
    }

    [Fact]
    public async Task An_authority_that_is_away_or_does_not_answer_is_unreachable_and_who_gives_up_is_cancelled()
    {
        var authority = new Authority { Fault = new HttpRequestException("refused") };
        using var http = new HttpClient(authority);
        using var tokens = new ClientCredentialsSignIn(http, s_elsewhere, _time);
        Assert.Equal(ClientErrorCodes.Unreachable, (await Assert.ThrowsAsync<ChatException>(() => TokenAsync(tokens))).Code);

        // As HttpClient reports its own timeout.
        authority.Fault = new TaskCanceledException("timeout", new TimeoutException());
        Assert.Equal(ClientErrorCodes.Unreachable, (await Assert.ThrowsAsync<ChatException>(() => TokenAsync(tokens))).Code);

        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => tokens.GetAccessTokenAsync(cancelled.Token).AsTask());
    }

    [Fact]
    public async Task A_token_serves_until_shortly_before_its_end_and_is_asked_for_with_what_the_authority_wants()
    {
        var authority = new Authority { Body = """{"access_token":"one","expires_in":300}""" };
        using var http = new HttpClient(authority);
        using var tokens = new ClientCredentialsSignIn(http, s_elsewhere, _time);

        Assert.All(await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => TokenAsync(tokens))), token => Assert.Equal("one", token));
        _time.Advance(TimeSpan.FromSeconds(239));
        Assert.Equal("one", await TokenAsync(tokens));
        authority.Body = """{"access_token":"two","expires_in":300}""";
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("two", await TokenAsync(tokens));

        Assert.Equal(
            Enumerable.Repeat("http://authority.test/token grant_type=client_credentials&client_id=id&client_secret=canary&scope=chat&audience=chatservice", 2),
            authority.Asked);
        Assert.DoesNotContain("canary", s_elsewhere.ToString(), StringComparison.Ordinal);
    }

    private static Task<string> TokenAsync(ClientCredentialsSignIn tokens) => tokens.GetAccessTokenAsync(TestContext.Current.CancellationToken).AsTask();

    /// <summary>An authority whose answer is the test's.</summary>
    private sealed class Authority : HttpMessageHandler
    {
        public int Status { get; set; } = 200;

        public string Body { get; set; } = "";

        public Exception? Fault { get; set; }

        public ConcurrentQueue<string> Asked { get; } = new();

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Asked.Enqueue($"{request.RequestUri} {await request.Content!.ReadAsStringAsync(cancellationToken)}");
            return Fault is null ? new HttpResponseMessage((HttpStatusCode)Status) { Content = new StringContent(Body) } : throw Fault;
        }
    }
}
