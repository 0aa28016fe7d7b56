using System.Globalization;
using System.Text.RegularExpressions;
using ChatService.Client;
using ChatService.Client.Conversations;
using ChatService.Client.Messages;

namespace ChatService.Cli.Assistant;

/// <summary>A line that is addressed to the assistant: <c>@gpt what next?</c>, or anything when talking with it alone. <c>@gpt +5 …</c> takes the last five messages along.</summary>
internal sealed partial record AssistantLine(string Text, int Attached)
{
    public const string Handle = "gpt";

    private const int MostAttached = 50;

    /// <summary>Null: it is for people.</summary>
    public static AssistantLine? Parse(string line, Conversation conversation)
    {
        var match = Addressed().Match(line);
        if (!match.Success && !conversation.IsWithAssistant)
            return null;
        var text = match.Success ? line[match.Length..] : line;
        var attached = Attachment().Match(text);
        return attached.Success && int.TryParse(attached.Groups[1].ValueSpan, CultureInfo.InvariantCulture, out var count)
            ? new(text[attached.Length..].Trim(), Math.Clamp(count, 0, MostAttached))
            : new(text.Trim(), 0);
    }

    /// <summary>What is sent.</summary>
    /// <exception cref="CliException">The assistant is not there.</exception>
    public async Task<AssistantPromptContent> ToContentAsync(ChatClient client, Conversation conversation, CancellationToken ct)
    {
        if (Text.Length == 0)
            throw new CliException($"Ask something: @{Handle} what next?", ExitCode.Usage);
        if (Attached == 0)
            return new(Text);
        var texts = (await client.HistoryAsync(conversation.Id, limit: 2 * MostAttached, ct: ct)).Where(message => message.Text is not null).TakeLast(Attached);
        return new(Text, [.. texts.Select(message => new AttachedText(
            message.IsOwn ? client.Me.Handle : conversation.Member(message.SenderId)?.Handle ?? "someone", message.Text!))]);
    }

    /// <summary>Whose machines read it; members see the same in the member list.</summary>
    /// <exception cref="CliException">The assistant is not a member.</exception>
    public static string ProviderIn(Conversation conversation) => conversation.Assistant?.DisplayName ?? throw new CliException(
        conversation.Other is null
            ? $"@{Handle} is not in this group: its owner or an admin adds it with '/add @{Handle}'."
            : $"@{Handle} is not in this conversation: talk with it alone ('chat with @{Handle}'), or in a group that it was added to.");

    [GeneratedRegex(@"\A\s*@gpt(?=\z|[\s,:])[,:]?\s*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Addressed();

    [GeneratedRegex(@"\A\+(\d{1,3})(?=\s)", RegexOptions.CultureInvariant)]
    private static partial Regex Attachment();
}
