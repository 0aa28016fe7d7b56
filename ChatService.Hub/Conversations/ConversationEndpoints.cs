using ChatService.Contracts;
using ChatService.Hub.RateLimiting;

namespace ChatService.Hub.Conversations;

public static class ConversationEndpoints
{
    public static void MapConversations(this IEndpointRouteBuilder routes)
    {
        var all = routes.MapGroup(Routes.Conversations).RequireAuthorization().WithTags("Conversations");
        all.MapGet("", ReadConversations.ListAsync).LimitedBy(RateLimits.Reads);
        all.MapPost("", CreateConversation.HandleAsync).LimitedBy(RateLimits.Conversations);

        var one = all.MapGroup("{conversationId:guid}");
        one.MapGet("", ReadConversations.GetAsync).LimitedBy(RateLimits.Reads);
        one.MapGet("devices", ListDeliveryDevices.HandleAsync).LimitedBy(RateLimits.Reads);
        one.MapGet("messages", ReadMessages.HandleAsync).LimitedBy(RateLimits.Reads);

        var changes = one.MapGroup("").LimitedBy(RateLimits.Conversations);
        changes.MapPatch("", ChangeConversation.UpdateAsync);
        changes.MapDelete("", ChangeConversation.CloseAsync);
        changes.MapPost("members", AddMember.HandleAsync);
        changes.MapDelete("members/{userId:guid}", ChangeMember.RemoveAsync);
        changes.MapPut("timer", ChangeTimer.HandleAsync);
        changes.MapPut("members/{userId:guid}/role", ChangeMember.ChangeRoleAsync);
    }
}
