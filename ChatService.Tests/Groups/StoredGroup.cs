using ChatService.Contracts;
using ChatService.Core.Conversations;
using ChatService.Core.Messages;
using ChatService.Core.Storage;
using ChatService.Tests.AppHost;
using Microsoft.EntityFrameworkCore;

namespace ChatService.Tests.Groups;

/// <summary>A group as PostgreSQL has it, held against the story that its system messages tell.</summary>
internal static class StoredGroup
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<ChatDbContext> OpenAsync(AppHostFixture stack)
    {
        var options = new DbContextOptionsBuilder<ChatDbContext>().UseNpgsql(await stack.ConnectionStringAsync("chatdb"));
        ChatDbContextOptions.Configure(options);
        return new ChatDbContext(options.Options);
    }

    /// <summary>
    /// One owner; sequences 1, 2, 3, …; a step of the version for each change; and whoever reads the changes in their
    /// order arrives at the members and roles that there are, without any step that a rule forbids.
    /// </summary>
    /// <param name="founders">All of them at the beginning, the owner first.</param>
    public static async Task<Conversation> AssertSoundAsync(AppHostFixture stack, Guid id, IReadOnlyList<Guid> founders)
    {
        await using var db = await OpenAsync(stack);
        await using var moment = await db.Database.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, Token);
        var group = await db.Conversations.AsNoTracking().Include(conversation => conversation.Participants).SingleAsync(conversation => conversation.Id == id, Token);
        var messages = await db.Messages.AsNoTracking().Where(message => message.ConversationId == id).OrderBy(message => message.Sequence).ToListAsync(Token);
        var changes = messages.Select(message => message.ToSealedMessage().SystemEvent).OfType<SystemEvent>().ToList();

        Assert.Equal(Enumerable.Range(1, messages.Count).Select(n => (long)n), messages.Select(message => message.Sequence));
        Assert.Equal(messages.Count, group.LastSequence);
        Assert.Equal(SystemEventKind.ConversationCreated, changes[0].Kind);
        Assert.Equal(changes.Count - 1, group.MembershipVersion);
        if (group.Participants.Count > 0)
        {
            Assert.Single(group.Participants, member => member.Role == ParticipantRole.Owner);
        }

        var told = founders.ToDictionary(member => member, member => member == founders[0] ? ParticipantRole.Owner : ParticipantRole.Member);
        changes.Skip(1).ToList().ForEach(change => Tell(told, change));
        Assert.Equal(told.OrderBy(member => member.Key), group.Participants.ToDictionary(member => member.ChatUserId, member => member.Role).OrderBy(member => member.Key));
        return group;
    }

    private static void Tell(Dictionary<Guid, ParticipantRole> members, SystemEvent change)
    {
        var (actor, subject) = (change.ActorId, change.SubjectId ?? Guid.Empty);
        var role = members[actor];
        switch (change.Kind)
        {
            case SystemEventKind.MemberAdded:
                Assert.True(role <= ParticipantRole.Admin);
                members.Add(subject, ParticipantRole.Member);
                break;
            case SystemEventKind.MemberRemoved:
                Assert.True(role <= ParticipantRole.Admin && members[subject] > role);
                members.Remove(subject);
                break;
            case SystemEventKind.MemberLeft:
                Assert.True(role != ParticipantRole.Owner || members.Count == 1);
                members.Remove(actor);
                break;
            case SystemEventKind.RoleChanged:
                Assert.True(role == ParticipantRole.Owner && members[subject] != ParticipantRole.Owner);
                members[subject] = Enum.Parse<ParticipantRole>(change.Value!);
                break;
            case SystemEventKind.OwnershipTransferred:
                Assert.Equal(ParticipantRole.Owner, role);
                (members[actor], members[subject]) = (ParticipantRole.Admin, ParticipantRole.Owner);
                break;
            default:
                Assert.True(role <= ParticipantRole.Admin);
                break;
        }
    }
}
