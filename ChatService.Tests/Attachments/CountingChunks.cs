namespace ChatService.Tests.Attachments;

/// <summary>Tells of the chunks that go over the wire.</summary>
internal sealed class CountingChunks(Action count) : DelegatingHandler(new SocketsHttpHandler { UseCookies = false })
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri!.AbsolutePath.Contains("/chunks/", StringComparison.Ordinal))
            count();
        return base.SendAsync(request, cancellationToken);
    }
}
