using Microsoft.Extensions.Logging;

namespace ChatService.Client;

/// <summary>What the client logs: ids and reasons, never a content, a handle or a token.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "A handler of the application threw")]
    public static partial void HandlerFailed(ILogger logger, Exception e);

    [LoggerMessage(2, LogLevel.Information, "Connected to {Server}")]
    public static partial void Connected(ILogger logger, string server);

    [LoggerMessage(3, LogLevel.Information, "The connection was lost")]
    public static partial void ConnectionLost(ILogger logger, Exception? e);

    [LoggerMessage(4, LogLevel.Information, "Attempt {Attempt} to connect failed: {Reason}")]
    public static partial void ConnectFailed(ILogger logger, int attempt, string reason);

    [LoggerMessage(5, LogLevel.Warning, "Catching up failed: {Reason}")]
    public static partial void CatchUpFailed(ILogger logger, string reason);

    [LoggerMessage(6, LogLevel.Warning, "Message {MessageId} in {ConversationId} cannot be opened: {Reason}")]
    public static partial void CannotOpen(ILogger logger, Guid messageId, Guid conversationId, string reason);

    [LoggerMessage(7, LogLevel.Warning, "The server left out {Count} messages of {ConversationId} from {Sequence} on")]
    public static partial void MessagesMissing(ILogger logger, long count, Guid conversationId, long sequence);

    [LoggerMessage(8, LogLevel.Information, "Message {MessageId} is tried again: {Reason}")]
    public static partial void SendRetried(ILogger logger, Guid messageId, string reason);

    [LoggerMessage(9, LogLevel.Warning, "Message {MessageId} failed: {Reason}")]
    public static partial void SendFailed(ILogger logger, Guid messageId, string reason);

    [LoggerMessage(10, LogLevel.Warning, "{What} failed, and is tried again later")]
    public static partial void BackgroundFailed(ILogger logger, string what, Exception e);

    [LoggerMessage(14, LogLevel.Information, "The transfer of file {AttachmentId} is tried again: {Reason}")]
    public static partial void TransferRetried(ILogger logger, Guid attachmentId, string reason);

    [LoggerMessage(11, LogLevel.Warning, "Message {MessageId} is not taken as {Sequence} of {ConversationId}: it is another conversation's, or its place or id is taken")]
    public static partial void MessageIgnored(ILogger logger, Guid messageId, Guid conversationId, long sequence);

    [LoggerMessage(12, LogLevel.Information, "The beginning of the answer to {PromptId} in {ConversationId} cannot be opened: {Reason}")]
    public static partial void AnswerNotOpened(ILogger logger, Guid promptId, Guid conversationId, string reason);

    [LoggerMessage(13, LogLevel.Warning, "The answer to {PromptId} cannot be shown while it is written: {Reason}")]
    public static partial void AnswerNotShown(ILogger logger, Guid promptId, string reason);
}
