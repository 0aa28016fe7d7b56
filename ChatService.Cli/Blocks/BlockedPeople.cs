using ChatService.Client;

namespace ChatService.Cli.Blocks;

internal static class BlockedPeople
{
    /// <returns>Who it is.</returns>
    /// <exception cref="CliException">Nobody of this handle is blocked.</exception>
    public static async Task<Guid> UnblockAsync(ChatClient client, string handle, CancellationToken ct)
    {
        var blocked = (await client.People.BlockedAsync(ct)).FirstOrDefault(user => user.Handle == handle)
            ?? throw new CliException($"@{handle} is not blocked.");
        await client.People.UnblockAsync(blocked.UserId, ct);
        return blocked.UserId;
    }
}
