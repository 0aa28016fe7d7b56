namespace ChatService.Client.SignIn;

/// <summary>Somebody who is signed in.</summary>
public interface IAccessTokenSource
{
    /// <summary>An access token that is good for a while yet; renewed where needed. Cheap to call before every request.</summary>
    /// <exception cref="ChatException">
    /// <see cref="Contracts.ErrorCodes.Unauthorized"/>: sign in again. <see cref="ClientErrorCodes.Unreachable"/>: try again later.
    /// </exception>
    ValueTask<string> GetAccessTokenAsync(CancellationToken cancellationToken = default);

    /// <summary>Forgets the tokens, and asks the authority to revoke what outlives an access token (minutes).</summary>
    ValueTask SignOutAsync(CancellationToken cancellationToken = default);
}
