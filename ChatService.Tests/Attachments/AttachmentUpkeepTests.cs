using ChatService.Contracts;
using ChatService.Core.Attachments;
using ChatService.Core.Conversations;
using ChatService.Core.Messages;
using ChatService.Core.Storage;
using ChatService.Core.Users;
using ChatService.Tests.AppHost;
using ChatService.Tests.Upkeep;
using Microsoft.EntityFrameworkCore;

namespace ChatService.Tests.Attachments;

public sealed class AttachmentUpkeepTests(AppHostFixture stack) : IAsyncLifetime
{
    private static readonly DateTime s_now = new(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private UpkeepDatabase _database = null!;
    private Conversation _conversation = null!;
    private Guid _userId;

    private ChatDbContext Db => _database.Chat;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await UpkeepDatabase.CreateAsync(stack, withAccounts: false);
        var user = ChatUser.Create("subject", "someone", "Some One", s_now);
        _userId = user.Id;
        _conversation = Conversation.CreateGroup(Guid.CreateVersion7(), _userId, "Group", null, [], s_now);
        Db.Users.Add(user);
        Db.Conversations.Add(_conversation);
        Db.Messages.AddRange(_conversation.NewSystemMessages);
        await Db.SaveChangesAsync(Token);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Uploads_that_were_not_completed_or_not_named_by_a_message_go_after_a_day_and_the_others_stay()
    {
        var said = _conversation.NewSystemMessages[0].Id;
        var kept = Add(said, days: 2, chunks: 2);
        var fresh = Add(Guid.CreateVersion7(), days: 0, chunks: 0);
        Add(Guid.CreateVersion7(), days: 2, chunks: 2);
        Add(said, days: 2, chunks: 1);
        Add(Guid.CreateVersion7(), days: 3, chunks: 0);
        await Db.SaveChangesAsync(Token);

        Assert.Equal(2, await AttachmentUpkeep.DeleteAbandonedAsync(Db, s_now, batchSize: 2, Token));
        Assert.Equal(1, await AttachmentUpkeep.DeleteAbandonedAsync(Db, s_now, batchSize: 2, Token));
        Assert.Equal(0, await AttachmentUpkeep.DeleteAbandonedAsync(Db, s_now, batchSize: 2, Token));

        Assert.Equal([kept, fresh], await Db.Attachments.OrderBy(attachment => attachment.CreatedAt).Select(attachment => attachment.Id).ToListAsync(Token));
        Assert.Equal(2, await Db.AttachmentChunks.CountAsync(Token));
    }

    [Fact]
    public async Task Messages_whose_time_is_over_go_in_batches_with_their_files_and_the_others_stay()
    {
        await InsertAsync(10, s_now.AddSeconds(-1));
        await InsertAsync(11, s_now.AddSeconds(-3));
        await InsertAsync(12, s_now.AddSeconds(-2));
        await InsertAsync(13, s_now.AddSeconds(1));
        var files = await Db.Messages.OrderBy(message => message.Sequence).Where(message => message.Sequence >= 10).Select(message => message.Id).ToListAsync(Token);
        files.ForEach(id => Add(id, days: 0, chunks: 2));
        await Db.SaveChangesAsync(Token);

        Assert.Equal(2, await MessageUpkeep.DeleteExpiredAsync(Db, s_now, batchSize: 2, Token));
        Assert.Equal([1L, 10, 13], await Db.Messages.Select(message => message.Sequence).Order().ToListAsync(Token));
        Assert.Equal(1, await MessageUpkeep.DeleteExpiredAsync(Db, s_now, batchSize: 2, Token));
        Assert.Equal(0, await MessageUpkeep.DeleteExpiredAsync(Db, s_now, batchSize: 2, Token));

        Assert.Equal(2, await Db.AttachmentChunks.CountAsync(Token));
        Assert.Equal(3, await AttachmentUpkeep.DeleteAbandonedAsync(Db, s_now.AddDays(1).AddSeconds(1), 100, Token));
        Assert.Equal(files[^1], await Db.Attachments.Select(attachment => attachment.MessageId).SingleAsync(Token));
    }

    private Guid Add(Guid messageId, int days, int chunks)
    {
        var attachment = new Attachment
        {
            Id = Guid.CreateVersion7(),
            ConversationId = _conversation.Id,
            UploaderId = _userId,
            MessageId = messageId,
            Size = Limits.AttachmentChunk + 1,
            CreatedAt = s_now.AddDays(-days),
        };
        Db.Attachments.Add(attachment);
        for (var i = 0; i < chunks; i++)
        {
            Db.AttachmentChunks.Add(new AttachmentChunk { AttachmentId = attachment.Id, Index = i, Bytes = [1] });
        }

        return attachment.Id;
    }

    private Task<int> InsertAsync(long sequence, DateTime expiresAt) => Db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO messages (conversation_id, sequence, id, sender_id, encrypted_content, nonce, auth_tag, type, created_at, expires_at)
        VALUES ({_conversation.Id}, {sequence}, {Guid.CreateVersion7()}, {_userId}, ''::bytea, ''::bytea, ''::bytea, 0, {s_now}, {expiresAt})
        """,
        Token);
}
