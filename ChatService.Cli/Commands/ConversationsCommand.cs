using System.CommandLine;
using System.Globalization;
using ChatService.Cli.Output;
using ChatService.Cli.Profiles;
using ChatService.Client.Conversations;

namespace ChatService.Cli.Commands;

/// <summary>The conversations of this profile, the most recent first.</summary>
internal static class ConversationsCommand
{
    public static Command Create()
    {
        var command = new Command("conversations", "List your conversations.");
        command.SetAction(async (result, ct) =>
        {
            await using var session = await Session.ConnectAsync(result.OpenProfile(), ct);
            await session.Client.CaughtUpAsync(ct);
            var conversations = await session.Client.ConversationsAsync(ct);
            TableOutput.Write(["With", "Members", "Last activity", "Id"], conversations.Select(Row));
            return ExitCode.Done;
        });
        return command;
    }

    private static string[] Row(Conversation conversation) =>
    [
        (conversation.Other is { } other ? "@" + other.Handle : conversation.Title) + (conversation.IsMember ? "" : " (left)"),
        string.Join(", ", conversation.Members.Where(member => member.UserId != conversation.Me).Select(member => "@" + member.Handle)),
        conversation.Details.LastActivityAt.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        conversation.Id.ToString(),
    ];
}
