using System.Text;

namespace ChatService.Client.Assistant;

/// <summary>An answer of which more may come.</summary>
internal sealed class IncomingAnswer(Guid conversationId, Guid openingId, Guid deviceId, byte[] key)
{
    public Guid ConversationId => conversationId;

    public Guid OpeningId => openingId;

    public Guid DeviceId => deviceId;

    public byte[] Key => key;

    public long Since { get; } = Environment.TickCount64;

    public int NextIndex { get; set; } = 1;

    public StringBuilder Text { get; } = new();
}
