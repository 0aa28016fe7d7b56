using System.Globalization;
using System.Text.Json;
using ChatService.Cli.Commands;
using ChatService.Client.Conversations;
using ChatService.Contracts;

namespace ChatService.Cli.Groups;

/// <summary>Who is in a conversation, as rows: the Owner, then Admins, then members, each by when they came.</summary>
internal static class MemberList
{
    public static string[] Headers { get; } = ["Handle", "Name", "Role", "Since"];

    public static IEnumerable<string[]> Rows(Conversation conversation) =>
        InOrder(conversation).Select(member => new[]
        {
            "@" + member.Handle,
            member.DisplayName,
            Role(member, conversation.Type),
            member.JoinedAt.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        });

    /// <summary>An object a line, for scripts.</summary>
    public static void WriteJson(Conversation conversation)
    {
        foreach (var member in InOrder(conversation))
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(
                new { id = member.UserId, handle = member.Handle, name = member.DisplayName, role = Role(member, conversation.Type), since = member.JoinedAt }));
        }
    }

    /// <summary>A member by handle, with or without the @.</summary>
    public static Participant MemberByHandle(this Conversation conversation, string handle)
    {
        var wanted = Handles.Normalize(handle);
        return conversation.Members.FirstOrDefault(member => member.Handle == wanted) ?? throw new CliException($"@{wanted} is not a member.");
    }

    /// <summary>Admin or Member, as people write it.</summary>
    public static ParticipantRole ParseRole(string role) => role.ToLowerInvariant() switch
    {
        "admin" => ParticipantRole.Admin,
        "member" => ParticipantRole.Member,
        _ => throw new CliException("A role is 'admin' or 'member'; to make someone the owner, hand the group over.", ExitCode.Usage),
    };

    private static IEnumerable<Participant> InOrder(Conversation conversation) =>
        conversation.Members.OrderBy(member => member.Role).ThenBy(member => member.JoinedAt);

    private static string Role(Participant member, ConversationType type) =>
        member.IsAssistant ? "assistant" : type == ConversationType.Direct ? "" : member.Role.ToString().ToLowerInvariant();
}
