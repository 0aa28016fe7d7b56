using System.CommandLine;
using ChatService.Cli.Bots;
using ChatService.Cli.Profiles;

namespace ChatService.Cli.Commands;

/// <summary>Answers messages: with themselves, or with what a program prints.</summary>
internal static class BotCommand
{
    public static Command Create()
    {
        var program = new Option<string?>("--exec")
        {
            Description = "A program, started once per conversation: a JSON object a line on its input, a message for each line of its output.",
        };
        var command = new Command("bot", "Answer messages with a program, until Ctrl+C.") { CreateEcho(), program };
        command.SetAction(async (result, ct) =>
        {
            var path = result.GetValue(program) ?? throw new CliException("Name the program with --exec, or run 'chat bot echo'.", ExitCode.Usage);
            await using var session = await Session.ConnectAsync(result.OpenProfile(), ct, patient: true);
            await using var bot = new ProgramBot(session.Client, path);
            await BotLoop.RunAsync(session.Client, bot.HandleAsync, ct);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command CreateEcho()
    {
        var command = new Command("echo", "Send every text back.");
        command.SetAction(async (result, ct) =>
        {
            await using var session = await Session.ConnectAsync(result.OpenProfile(), ct, patient: true);
            await BotLoop.RunAsync(session.Client, new EchoBot(session.Client).HandleAsync, ct);
            return ExitCode.Done;
        });
        return command;
    }
}
