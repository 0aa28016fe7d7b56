namespace ChatService.Hub.Accounts;

/// <summary>The authority's addresses; clients find them through discovery.</summary>
internal static class AuthorityPaths
{
    public const string Prefix = "/connect";
    public const string Authorize = "/connect/authorize";
    public const string Token = "/connect/token";
    public const string DeviceAuthorization = "/connect/device";
    public const string Verify = "/connect/verify";
    public const string VerifyCode = "/connect/verify/code";
    public const string UserInfo = "/connect/userinfo";
    public const string Revoke = "/connect/revoke";
    public const string EndSession = "/connect/endsession";
    public const string SignInPage = "/account/signin";
    public const string Done = "/account/done";
}
