namespace ChatService.Cli;

/// <summary>Ends the command with one sentence and an exit code.</summary>
internal sealed class CliException(string message, int exitCode = ExitCode.Failed) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
