using System.CommandLine;
using ChatService.Client;
using ChatService.Client.Conversations;
using ChatService.Client.Messages;

namespace ChatService.Cli.Assistant;

/// <summary>Agreeing on the command line, for commands that cannot ask.</summary>
internal static class AssistantOption
{
    public static Option<bool> Create() => new("--yes")
    {
        Description = $"Agree that what you ask @{AssistantLine.Handle} goes to its model's provider in readable form. Remembered for the conversation.",
    };

    /// <summary>A text as it is sent: to people, or as a prompt when it is addressed to the assistant and that was agreed to.</summary>
    /// <exception cref="CliException">Not agreed.</exception>
    public static async Task<MessageContent> ContentAsync(
        ChatClient client, Conversation conversation, string text, AssistantConsent consent, bool agreed, CancellationToken ct)
    {
        if (AssistantLine.Parse(text, conversation) is not { } line)
            return new TextContent(text);
        var provider = AssistantLine.ProviderIn(conversation);
        if (agreed)
            consent.Give(conversation.Id, provider);
        else if (!consent.IsGiven(conversation.Id, provider))
            throw new CliException($"Not sent: what you ask @{AssistantLine.Handle} goes to {provider} in readable form. Agree with --yes.", ExitCode.Usage);
        return await line.ToContentAsync(client, conversation, ct);
    }
}
