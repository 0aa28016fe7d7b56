using ChatService.Client.SignIn;

namespace ChatService.Tests.Client;

/// <summary>For calls that nobody checks.</summary>
internal sealed class SignedIn : IAccessTokenSource
{
    public ValueTask<string> GetAccessTokenAsync(CancellationToken cancellationToken = default) => new("token");

    public ValueTask SignOutAsync(CancellationToken cancellationToken = default) => default;
}
