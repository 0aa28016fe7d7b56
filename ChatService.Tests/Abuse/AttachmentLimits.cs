using System.Net.Http.Headers;
using ChatService.Contracts;

namespace ChatService.Tests.Abuse;

/// <summary>Limits of files.</summary>
internal static class AttachmentLimits
{
    private const long Most = Limits.AttachmentCiphertext;

    public static Dictionary<string, Func<LimitStage, Task>> Rows { get; } = new()
    {
        [nameof(Limits.AttachmentSize)] = stage => SizeAsync(stage, Ciphertext(Limits.AttachmentSize)),
        [nameof(Limits.AttachmentCiphertext)] = stage => SizeAsync(stage, Most),
        [nameof(Limits.AttachmentChunk)] = ChunkAsync,
        [nameof(Limits.AttachmentBytesPerDay)] = DayAsync,
        [nameof(Limits.AttachmentBytesPerUser)] = KeptAsync,
    };

    /// <summary>Protocol section 7: a nonce prefix, and a tag for each chunk of 64 KiB.</summary>
    private static long Ciphertext(long size) => size + 7 + ((size + 65535) / 65536 * 16);

    private static async Task SizeAsync(LimitStage stage, long size)
    {
        var group = await stage.GroupAsync();
        Assert.Null(await BeginAsync(stage.Alice, group, size));
        Assert.Equal(ErrorCodes.TooLarge, (await BeginAsync(stage.Alice, group, size + 1))?.Code);
    }

    private static async Task ChunkAsync(LimitStage stage)
    {
        var upload = Guid.CreateVersion7();
        Assert.Null(await BeginAsync(stage.Alice, await stage.GroupAsync(), Limits.AttachmentChunk + 1, upload));
        Task<ChatError?> PutAsync(int length)
        {
            var bytes = new ByteArrayContent(new byte[length]) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };
            return stage.Alice.RestAsync(HttpMethod.Put, Routes.AttachmentChunk(upload, 0), bytes);
        }

        await LimitStage.BitesAsync(ErrorCodes.TooLarge, PutAsync, Limits.AttachmentChunk);
    }

    private static async Task DayAsync(LimitStage stage)
    {
        var group = await stage.GroupAsync();
        for (var left = Limits.AttachmentBytesPerDay; left > 0; left -= Most)
        {
            Assert.Null(await BeginAsync(stage.Alice, group, Math.Min(left, Most)));
        }

        var refused = await BeginAsync(stage.Alice, group, 1);
        Assert.Equal(ErrorCodes.RateLimited, refused?.Code);
        Assert.InRange(TimeSpan.FromMilliseconds(refused!.RetryAfterMs!.Value), TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1), TimeSpan.FromHours(24));
        await AddBobAsync(stage, group);
        Assert.Null(await BeginAsync(stage.Bob, group, Most));

        stage.Hub.Time.Advance(TimeSpan.FromMilliseconds(refused.RetryAfterMs.Value) - TimeSpan.FromSeconds(1));
        Assert.Equal(ErrorCodes.RateLimited, (await BeginAsync(stage.Alice, group, 1))?.Code);
        stage.Hub.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await BeginAsync(stage.Alice, group, Most));
    }

    private static async Task KeptAsync(LimitStage stage)
    {
        var group = await stage.GroupAsync();
        var before = DateTime.UtcNow.AddDays(-2);
        await stage.Hub.ExecuteAsync(
            $"""
            INSERT INTO attachments (id, conversation_id, uploader_id, message_id, size, created_at)
            VALUES ({Guid.CreateVersion7()}, {group}, {stage.Alice.UserId}, {Guid.CreateVersion7()}, {Limits.AttachmentBytesPerUser - 1000}, {before})
            """);

        Assert.Null(await BeginAsync(stage.Alice, group, 1000));
        Assert.Equal(ErrorCodes.LimitReached, (await BeginAsync(stage.Alice, group, 1))?.Code);
        await AddBobAsync(stage, group);
        Assert.Null(await BeginAsync(stage.Bob, group, 1000));
    }

    private static async Task AddBobAsync(LimitStage stage, Guid group) =>
        Assert.Null(await stage.Alice.RestAsync(HttpMethod.Post, Routes.ConversationMembers(group), new AddMemberRequest(stage.Bob.UserId)));

    private static Task<ChatError?> BeginAsync(Caller caller, Guid group, long size, Guid? id = null) => caller.RestAsync(
        HttpMethod.Post, Routes.ConversationAttachments(group), new CreateAttachmentRequest(id ?? Guid.CreateVersion7(), Guid.CreateVersion7(), size));
}
