namespace ChatService.Client.SignIn;

/// <summary>The public clients that the built-in authority knows.</summary>
public static class KnownClientIds
{
    public const string Cli = "chat-cli";
    public const string Web = "chat-web";
}
