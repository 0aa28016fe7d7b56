using ChatService.Client.Assistant;
using ChatService.Client.Connection;
using ChatService.Client.Encryption.Trust;
using ChatService.Client.Messages;
using ChatService.Client.Receipts;
using ChatService.Contracts;
using Microsoft.Extensions.Logging;

namespace ChatService.Client;

/// <summary>
/// What happens beside the messages themselves. Handlers run on the client's own loops, one at a time: be quick, and do not wait
/// for the client inside them. A handler that throws is logged and otherwise ignored.
/// </summary>
public sealed class ChatEvents
{
    private readonly ILogger _logger;

    internal ChatEvents(ILogger logger) => _logger = logger;

    public event Action<ConnectionState>? ConnectionChanged;

    /// <summary>The client holds everything that was committed when it asked. After each (re)connect, and from time to time.</summary>
    public event Action? CaughtUp;

    /// <summary>
    /// Of this conversation the client holds everything that was committed when it asked, without a hole, while others may still be on their
    /// way: those of which least was missed come first. Before <see cref="CaughtUp"/>, and only where something was missed.
    /// </summary>
    public event Action<Guid>? ConversationCaughtUp;

    /// <summary>A message of this device was acknowledged, or failed for good.</summary>
    public event Action<ChatMessage>? OwnMessageChanged;

    /// <summary>The id of an own message that the server has not taken yet, and why. It is tried again, until <see cref="OwnMessageChanged"/>.</summary>
    public event Action<Guid, ChatError>? SendDelayed;

    /// <summary>A message was edited, deleted or reacted to, or its time was over.</summary>
    public event Action<MessageChange>? MessageChanged;

    /// <summary>The other members' markers moved: own messages up to there are delivered or read.</summary>
    public event Action<ReceiptProgress>? ReceiptsMoved;

    /// <summary>Members, roles, names or devices of a conversation changed, or it is new.</summary>
    public event Action<Guid>? ConversationChanged;

    /// <summary>A contact's devices are not what they were (protocol section 6). To be shown in the conversation; null: not in a particular one.</summary>
    public event Action<Guid?, DeviceChange>? DeviceChanged;

    /// <summary>A device signed in as this user: told on all the others. If it was not them, it can be removed.</summary>
    public event Action<DeviceInfo>? OwnDeviceAdded;

    /// <summary>A device of this user was removed, by whichever device.</summary>
    public event Action<DeviceInfo>? OwnDeviceRemoved;

    /// <summary>Conversation and sequence: this user has read up to there on another device.</summary>
    public event Action<Guid, long>? ReadElsewhere;

    /// <summary>Conversation, user, and whether they are typing. It ends by itself when nothing more is heard.</summary>
    public event Action<Guid, Guid, bool>? Typing;

    public event Action<PresenceUpdate>? PresenceChanged;

    /// <summary>This user's settings changed, here or on another device. What others share (<see cref="ContactDirectory.PresenceAsync"/>) has to be asked for anew.</summary>
    public event Action<PrivacySettings>? PrivacySettingsChanged;

    /// <summary>This user has blocked or unblocked somebody, here or on another device: what is shown of whom has changed.</summary>
    public event Action? BlockedUsersChanged;

    /// <summary>A sealed piece of the assistant's answer.</summary>
    public event Action<AIChunk>? AIChunkReceived;

    public event Action<AIResponseReceipt>? AIResponseCompleted;

    /// <summary>The assistant has written more of an answer, to whoever asked.</summary>
    public event Action<AssistantAnswer>? AnswerChanged;

    /// <summary>To the assistant: conversation and prompt whose answer is no longer wanted.</summary>
    public event Action<Guid, Guid>? AnswerCancelled;

    /// <summary>This user is no longer a member of the conversation. What the device has of it stays.</summary>
    public event Action<Guid>? ConversationLeft;

    /// <summary>
    /// The server has retired this device, which it had not seen for 90 days: nothing is sealed to it any more. The client stops; a new one on
    /// the same store registers a new device and keeps what is there.
    /// </summary>
    public event Action? DeviceRetired;

    /// <summary>At the first connect: this device was registered in place of a retired one. Messages that were sent since then are not for it.</summary>
    public event Action<Guid>? DeviceReplaced;

    internal void RaiseDeviceRetired() => Raise(() => DeviceRetired?.Invoke());

    internal void RaiseDeviceReplaced(Guid retired) => Raise(() => DeviceReplaced?.Invoke(retired));

    internal void RaiseConnectionChanged(ConnectionState state) => Raise(() => ConnectionChanged?.Invoke(state));

    internal void RaiseCaughtUp() => Raise(() => CaughtUp?.Invoke());

    internal void RaiseConversationCaughtUp(Guid conversationId) => Raise(() => ConversationCaughtUp?.Invoke(conversationId));

    internal void RaiseOwnMessageChanged(ChatMessage message) => Raise(() => OwnMessageChanged?.Invoke(message));

    internal void RaiseSendDelayed(Guid messageId, ChatError error) => Raise(() => SendDelayed?.Invoke(messageId, error));

    internal void RaiseMessageChanged(MessageChange change) => Raise(() => MessageChanged?.Invoke(change));

    internal void RaiseReceiptsMoved(ReceiptProgress progress) => Raise(() => ReceiptsMoved?.Invoke(progress));

    internal void RaiseConversationChanged(Guid conversationId) => Raise(() => ConversationChanged?.Invoke(conversationId));

    internal void RaiseDeviceChanged(Guid? conversationId, DeviceChange change) => Raise(() => DeviceChanged?.Invoke(conversationId, change));

    internal void RaiseOwnDeviceAdded(DeviceInfo device) => Raise(() => OwnDeviceAdded?.Invoke(device));

    internal void RaiseOwnDeviceRemoved(DeviceInfo device) => Raise(() => OwnDeviceRemoved?.Invoke(device));

    internal void RaiseReadElsewhere(Guid conversationId, long sequence) => Raise(() => ReadElsewhere?.Invoke(conversationId, sequence));

    internal void RaiseTyping(Guid conversationId, Guid userId, bool isTyping) => Raise(() => Typing?.Invoke(conversationId, userId, isTyping));

    internal void RaisePresenceChanged(PresenceUpdate presence) => Raise(() => PresenceChanged?.Invoke(presence));

    internal void RaisePrivacySettingsChanged(PrivacySettings settings) => Raise(() => PrivacySettingsChanged?.Invoke(settings));

    internal void RaiseBlockedUsersChanged() => Raise(() => BlockedUsersChanged?.Invoke());

    internal void RaiseAIChunk(AIChunk chunk) => Raise(() => AIChunkReceived?.Invoke(chunk));

    internal void RaiseAIResponse(AIResponseReceipt receipt) => Raise(() => AIResponseCompleted?.Invoke(receipt));

    internal void RaiseAnswerChanged(AssistantAnswer answer) => Raise(() => AnswerChanged?.Invoke(answer));

    internal void RaiseAnswerCancelled(Guid conversationId, Guid promptId) => Raise(() => AnswerCancelled?.Invoke(conversationId, promptId));

    internal void RaiseConversationLeft(Guid conversationId) => Raise(() => ConversationLeft?.Invoke(conversationId));

    private void Raise(Action call)
    {
        try
        {
            call();
        }
#pragma warning disable CA1031 // Whatever an application's handler throws must not stop the flow of messages.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.HandlerFailed(_logger, e);
        }
    }
}
