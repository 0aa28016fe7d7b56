using ChatService.Contracts;
using ChatService.Core.Errors;
using ChatService.Core.Storage;
using ChatService.Hub.Accounts;
using ChatService.Hub.Errors;
using ChatService.Hub.Messages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace ChatService.Hub.Conversations;

internal static class ListDeliveryDevices
{
    /// <summary>One statement, so that the list is the one of its version.</summary>
    public static async Task<Results<Ok<DeliveryList>, ErrorResult>> HandleAsync(
        Guid conversationId,
        [FromQuery(Name = Routes.DeviceParameter)] Guid? sendingDevice,
        CurrentUser caller,
        ChatDbContext db,
        CancellationToken cancellationToken)
    {
        var found = await db.Conversations
            .Where(conversation => conversation.Id == conversationId
                && conversation.Participants.Any(mine => mine.ChatUserId == caller.Id))
            .Select(conversation => new
            {
                conversation.MembershipVersion,
                Devices = (
                    from member in db.Participants
                    join device in db.Devices on member.ChatUserId equals device.ChatUserId
                    join bundle in db.KeyBundles on device.Id equals bundle.DeviceId
                    join user in db.Users on member.ChatUserId equals user.Id
                    where member.ConversationId == conversation.Id && device.RemovedAt == null
                    select new { device.Id, device.CreatedAt, UserId = user.Id, bundle.IdentityPublicKey, user.IsAssistant }).ToList(),
            })
            .FirstOrDefaultAsync(cancellationToken) ?? throw ChatException.NotFound("conversation");
        var (seated, _) = DeviceSeats.Of(found.Devices, device => (device.CreatedAt, device.Id));
        return TypedResults.Ok(new DeliveryList(
            conversationId,
            found.MembershipVersion,
            [.. seated.Where(device => device.Id != sendingDevice).OrderBy(device => device.Id).Select(device => new DeliveryDevice(
                device.Id, device.UserId, Convert.ToBase64String(device.IdentityPublicKey), device.IsAssistant))]));
    }
}
