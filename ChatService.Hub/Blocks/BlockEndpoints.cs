using ChatService.Contracts;
using ChatService.Core.Storage;
using ChatService.Hub.Accounts;
using ChatService.Hub.Errors;
using ChatService.Hub.RateLimiting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace ChatService.Hub.Blocks;

/// <summary>Whom the caller has blocked. Nobody else can ask for it.</summary>
internal static class BlockEndpoints
{
    public static void MapBlocks(this IEndpointRouteBuilder routes)
    {
        var blocks = routes.MapGroup(Routes.Blocks).RequireAuthorization().WithTags("Blocks");
        blocks.MapGet("", ListAsync).LimitedBy(RateLimits.Reads);
        blocks.MapPut("{userId:guid}", BlockAsync).LimitedBy(RateLimits.Conversations);
        blocks.MapDelete("{userId:guid}", UnblockAsync).LimitedBy(RateLimits.Conversations);
    }

    private static async Task<Ok<IReadOnlyList<BlockedUser>>> ListAsync(CurrentUser caller, ChatDbContext db, CancellationToken cancellationToken) =>
        TypedResults.Ok<IReadOnlyList<BlockedUser>>(await db.Blocks
            .Where(block => block.BlockerId == caller.Id)
            .Join(db.Users, block => block.BlockedId, user => user.Id, (block, user) => new { block, user })
            .OrderBy(row => row.block.CreatedAt)
            .Select(row => new BlockedUser(row.user.Id, row.user.Handle, row.user.DisplayName, row.block.CreatedAt))
            .ToListAsync(cancellationToken));

    private static async Task<Results<NoContent, ErrorResult>> BlockAsync(
        Guid userId, CurrentUser caller, ChatDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        await BlockChange.BlockAsync(db, caller.Id, userId, time.GetUtcNow().UtcDateTime, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, ErrorResult>> UnblockAsync(
        Guid userId, CurrentUser caller, ChatDbContext db, CancellationToken cancellationToken)
    {
        await BlockChange.UnblockAsync(db, caller.Id, userId, cancellationToken);
        return TypedResults.NoContent();
    }
}
