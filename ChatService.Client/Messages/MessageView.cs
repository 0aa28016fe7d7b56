using System.Globalization;
using System.Text;

namespace ChatService.Client.Messages;

/// <summary>
/// A message with all that was done to it. A pure function of the messages and their places, so every device that holds the same
/// ones sees the same: only the author's edits and deletions count, the last edit is the text, a deletion ends it all, and of a
/// user's reactions with one emoji the last word counts. What names a message as its target comes after that message.
/// </summary>
internal sealed record MessageView(MessageContent Content, DateTime? EditedAt, IReadOnlyList<Reaction> Reactions)
{
    /// <summary>Characters of an emoji: the longest sequences of Unicode are well below.</summary>
    private const int EmojiLength = 32;

    /// <param name="amendments">In the order of their places.</param>
    public static MessageView Of(StoredMessage message, IReadOnlyList<StoredMessage> amendments)
    {
        if (message.IsDeleted || IsDeleted(message, amendments))
            return new(new DeletedContent(), null, []);

        var view = new MessageView(message.Content, null, []);
        List<(string Emoji, Guid UserId)> reactions = [];
        foreach (var amendment in amendments)
        {
            switch (amendment.Content)
            {
                case EditContent edit when Counts(message, amendment) && Edited(view.Content, edit.Text) is { } content:
                    view = view with { Content = content, EditedAt = amendment.CreatedAt };
                    break;
                case ReactionContent reaction when Counts(message, amendment):
                    if (reaction.Removed)
                        reactions.Remove((reaction.Emoji, amendment.SenderId));
                    else if (!reactions.Contains((reaction.Emoji, amendment.SenderId)))
                        reactions.Add((reaction.Emoji, amendment.SenderId));
                    break;
            }
        }

        return view with
        {
            Reactions = [.. reactions.GroupBy(reaction => reaction.Emoji, (emoji, each) => new Reaction(emoji, [.. each.Select(reaction => reaction.UserId)]))],
        };
    }

    public static bool IsDeleted(StoredMessage message, IReadOnlyList<StoredMessage> amendments) =>
        amendments.Any(amendment => amendment.Content is DeleteContent && Counts(message, amendment));

    /// <summary>Whether an amendment may change the message, and could.</summary>
    public static bool Counts(StoredMessage message, StoredMessage amendment) =>
        amendment.Sequence > message.Sequence
        && message is { SystemEvent: null, Missing: null }
        && MessageAmendments.TargetOf(message.Content) is null
        && amendment.Content switch
        {
            ReactionContent reaction => IsEmoji(reaction.Emoji),
            EditContent or DeleteContent => amendment.SenderId == message.SenderId,
            _ => false,
        };

    /// <summary>The content with another text; null when it is of a kind that has none.</summary>
    public static MessageContent? Edited(MessageContent content, string text) => content switch
    {
        TextContent c => c with { Text = text },
        ReplyContent c => c with { Text = text },
        ImageContent c => c with { Caption = text },
        FileContent c => c with { Caption = text },
        _ => null,
    };

    /// <summary>One grapheme that shows something.</summary>
    public static bool IsEmoji(string emoji) =>
        emoji.Length is > 0 and <= EmojiLength
        && StringInfo.GetNextTextElementLength(emoji) == emoji.Length
        && Rune.DecodeFromUtf16(emoji, out var first, out _) == System.Buffers.OperationStatus.Done
        && !Rune.IsControl(first) && !Rune.IsWhiteSpace(first);
}
