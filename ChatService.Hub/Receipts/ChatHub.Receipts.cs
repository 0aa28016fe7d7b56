using ChatService.Contracts;
using ChatService.Core.Errors;
using ChatService.Core.Users;
using ChatService.Hub.Receipts;

namespace ChatService.Hub;

public sealed partial class ChatHub
{
    public Task MarkMessageRead(Guid conversationId, Guid messageId) => Mark(conversationId, messageId, isRead: true);

    public Task MarkMessageDelivered(Guid conversationId, Guid messageId) => Mark(conversationId, messageId, isRead: false);

    private async Task Mark(Guid conversationId, Guid messageId, bool isRead)
    {
        var device = Device;
        Limit(RateLimits.Ephemeral, device);
        var outcome = await receipts.SubmitAsync(new ReceiptMark(conversationId, device.UserId, device.DeviceId, messageId, isRead, device.Shared.HasFlag(SharedSignals.Receipts)));
        if (!outcome.Found)
        {
            throw ChatException.NotFound("message");
        }
    }
}
