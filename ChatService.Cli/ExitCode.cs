namespace ChatService.Cli;

/// <summary>What a script can tell from the end of <c>chat</c>.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Usage = 2;
    public const int NotSignedIn = 3;
    public const int Unreachable = 4;
    public const int Interrupted = 130;
}
