namespace ChatService.Client.SignIn;

internal static class Scope
{
    /// <summary>Who I am, and a refresh token.</summary>
    public const string Requested = "openid profile offline_access";
}
