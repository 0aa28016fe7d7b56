using ChatService.Contracts;

namespace ChatService.Client.SignIn;

/// <summary>Signs in through a browser on any device (RFC 8628), for where there is no browser and no password to type.</summary>
/// <param name="http">Its base address is the server's.</param>
public sealed class DeviceSignIn(HttpClient http, string clientId = KnownClientIds.Cli, TimeProvider? time = null)
{
    private static readonly TimeSpan s_defaultInterval = TimeSpan.FromSeconds(5);

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly OAuthClient _authority = new(http, time ?? TimeProvider.System);

    /// <exception cref="ChatException"><see cref="ErrorCodes.Unauthorized"/>: the person said no, or let the code expire.</exception>
    public async Task<RefreshingTokenSource> SignInAsync(
        Func<DevicePrompt, CancellationToken, ValueTask> show, ITokenStore store, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(show);
        ArgumentNullException.ThrowIfNull(store);
        try
        {
            var (deviceCode, interval) = await BeginAsync(show, cancellationToken);
            var tokens = await PollAsync(deviceCode, interval, cancellationToken);
            await store.SaveAsync(
                tokens.RefreshToken ?? throw new ChatException(ErrorCodes.Internal, "The authority gave no refresh token."), cancellationToken);
            return new RefreshingTokenSource(_authority, store, clientId, _time, tokens);
        }
        catch (OAuthException exception)
        {
            throw exception.ToChatException(exception.Error switch
            {
                "access_denied" => "The sign-in was denied in the browser.",
                "expired_token" => "The code expired before it was entered: start again.",
                _ => "The authority refused the sign-in: start again.",
            });
        }
    }

    private async Task<(string DeviceCode, TimeSpan Interval)> BeginAsync(
        Func<DevicePrompt, CancellationToken, ValueTask> show, CancellationToken cancellationToken)
    {
        var endpoint = (await _authority.EndpointsAsync(cancellationToken)).DeviceAuthorization
            ?? throw new ChatException(ErrorCodes.Unavailable, "This server's authority has no device sign-in.");
        using var answer = await _authority.PostAsync(
            endpoint, [new("client_id", clientId), new("scope", Scope.Requested)], cancellationToken);
        var lifetime = answer.RootElement.TryGetProperty("expires_in", out var seconds) && seconds.TryGetInt32(out var value) ? value : 600;
        var interval = answer.RootElement.TryGetProperty("interval", out var wait) && wait.TryGetInt32(out var every)
            ? TimeSpan.FromSeconds(every)
            : s_defaultInterval;
        var complete = OAuthClient.Optional(answer, "verification_uri_complete");
        await show(
            new DevicePrompt(
                OAuthClient.Required(answer, "user_code"),
                new Uri(OAuthClient.Required(answer, "verification_uri")),
                complete is null ? null : new Uri(complete),
                _time.GetUtcNow().AddSeconds(lifetime)),
            cancellationToken);
        return (OAuthClient.Required(answer, "device_code"), interval);
    }

    /// <summary>RFC 8628 section 3.5: "slow_down" adds five seconds for good.</summary>
    private async Task<TokenSet> PollAsync(string deviceCode, TimeSpan interval, CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(interval, _time, cancellationToken);
            try
            {
                return await _authority.RequestTokenAsync(
                    [
                        new("grant_type", "urn:ietf:params:oauth:grant-type:device_code"),
                        new("client_id", clientId),
                        new("device_code", deviceCode),
                    ],
                    cancellationToken);
            }
            catch (OAuthException exception) when (exception.Error == "authorization_pending")
            {
                // The person is still at it.
            }
            catch (OAuthException exception) when (exception.Error == "slow_down")
            {
                interval += s_defaultInterval;
            }
        }
    }
}
