using System.CommandLine;
using ChatService.Cli.Output;
using ChatService.Client;
using ChatService.Client.Storage;
using ChatService.Contracts;

namespace ChatService.Cli.Commands;

/// <summary>The command line as a whole: its commands, and what an error looks like.</summary>
internal static class ChatCommandLine
{
    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("End-to-end encrypted chat in the terminal.")
        {
            RegisterCommand.Create(),
            LoginCommand.Create(),
            LogoutCommand.Create(),
            WhoAmICommand.Create(),
            ConversationsCommand.Create(),
            GroupCommand.Create(),
            WithCommand.Create(),
            SendCommand.Create(),
            ListenCommand.Create(),
            DownloadCommand.Create(),
            BotCommand.Create(),
            BlockCommand.CreateBlock(),
            BlockCommand.CreateUnblock(),
            BlockCommand.CreateBlocked(),
            DevicesCommand.Create(),
            SettingsCommand.Create(),
            AccountCommand.Create(),
            SafetyNumberCommand.Create(),
            GlobalOptions.Profile,
            GlobalOptions.Server,
            GlobalOptions.Transport,
        };
        // An argument that begins with @ is a person here, not a response file.
        var result = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (args.Length == 0)
            result = root.Parse("--help");
        else if (result.Errors.Count > 0)
            return await FailAsync($"{Explain(result)} Try 'chat --help'.", ExitCode.Usage);

        return await RunAsync(result);
    }

    private static string Explain(ParseResult result) =>
        result.CommandResult.Command is RootCommand && result.UnmatchedTokens is [var unknown, ..] ? $"There is no command '{unknown}'." : result.Errors[0].Message;

    private static async Task<int> RunAsync(ParseResult result)
    {
        try
        {
            return await result.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
        catch (CliException e)
        {
            return await FailAsync(e.Message, e.ExitCode);
        }
        catch (ChatException e)
        {
            return await FailAsync(e.Message, e.Code switch
            {
                ErrorCodes.Unauthorized => ExitCode.NotSignedIn,
                ClientErrorCodes.Unreachable => ExitCode.Unreachable,
                _ => ExitCode.Failed,
            });
        }
        catch (ChatStoreException e)
        {
            return await FailAsync(e.Error == ChatStoreError.InUse
                ? "This profile is in use by another chat process: end that one, or be someone else with --profile."
                : e.Message);
        }
        catch (IOException e)
        {
            // The reader of a pipe went away, or a disk is full.
            return await FailAsync(e.Message);
        }
    }

    private static async Task<int> FailAsync(string message, int exitCode = ExitCode.Failed)
    {
        await Console.Error.WriteLineAsync($"chat: {TerminalText.Clean(message)}");
        return exitCode;
    }
}
