using System.Collections.Concurrent;
using ChatService.Client;
using ChatService.Client.Assistant;
using ChatService.Client.Conversations;
using ChatService.Client.Messages;
using ChatService.Contracts;
using ChatService.Tests.AppHost;
using ChatService.Tests.Scenarios;

namespace ChatService.Tests.Assistant;

/// <summary>A person who talks with the assistant, and what they see of its answers.</summary>
internal sealed class Asker : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Guid, ConcurrentQueue<AssistantAnswer>> _seen = new();
    private readonly ConcurrentDictionary<Guid, bool> _completed = new();

    private Asker(Person person)
    {
        Person = person;
        person.Client.Events.AnswerChanged += answer => Seen(answer.PromptId).Enqueue(answer);
        person.Client.Events.AIResponseCompleted += receipt => _completed[receipt.PromptId] = true;
    }

    public Person Person { get; }

    public static async Task<Asker> ConnectAsync(AppHostFixture stack, int hub) => new(await Person.ConnectAsync(stack, await stack.HubAsync(hub)));

    /// <summary>The same device again, after its client was disposed of.</summary>
    public async Task<Asker> ComeBackAsync() => new(await Person.ComeBackAsync());

    /// <summary>The assistant appears when the worker has made it, which the hubs do not wait for.</summary>
    public async Task<Conversation> OpenWithAssistantAsync()
    {
        Conversation? conversation = null;
        await Patience.UntilAsync(
            async () =>
            {
                conversation = await TryOpenAsync();
                return conversation is not null;
            },
            "the assistant is there");
        return conversation!;
    }

    public async Task<Conversation> OpenGroupAsync(params Person[] others)
    {
        await OpenWithAssistantAsync();
        var ct = TestContext.Current.CancellationToken;
        var group = await Person.Client.CreateGroupAsync("Group", [.. others.Select(other => other.Handle), "gpt"], ct);
        foreach (var other in others)
        {
            // The first piece of an answer is not told twice: they have to be where it is told.
            await Patience.UntilAsync(async () => await other.Client.FindConversationAsync(group.Id, ct) is { IsMember: true }, $"@{other.Handle} is in");
            await other.Client.Parts.CallAsync(hub => hub.JoinRoom(group.Id), ct);
        }

        return group;
    }

    /// <summary>Completes when the prompt is committed.</summary>
    public Task<ChatMessage> AskAsync(Conversation conversation, string text, params AttachedText[] attached) => Person.Client.SendAsync(
        conversation.Id, new AssistantPromptContent(text, attached.Length == 0 ? null : attached), TestContext.Current.CancellationToken).WaitAsync(Patience.Limit);

    /// <summary>The text so far, and what was shown before it.</summary>
    public IReadOnlyList<AssistantAnswer> SeenOf(Guid promptId) => [.. Seen(promptId)];

    public Task SeesAsync(Guid promptId, string text) => Patience.UntilAsync(
        () => SeenOf(promptId).Any(answer => answer.Text.Contains(text, StringComparison.Ordinal)), $"@{Person.Handle} sees '{text}' being written");

    public Task SeesTheEndAsync(Guid promptId) => Patience.UntilAsync(() => _completed.ContainsKey(promptId), "the answer is complete");

    /// <summary>The stored answer to a prompt.</summary>
    public async Task<ChatMessage> AnswerAsync(Guid promptId)
    {
        ChatMessage? answer = null;
        await Patience.UntilAsync(() => (answer = Find(promptId)) is not null, "the answer comes as a message");
        Assert.Equal(AnswerId.For(promptId), answer!.Id);
        return answer;
    }

    public async Task<string> AnswerTextAsync(Guid promptId) => (await AnswerAsync(promptId)).Text!;

    public ValueTask DisposeAsync() => Person.DisposeAsync();

    private ChatMessage? Find(Guid promptId) => Person.Heard.SingleOrDefault(message => message.Content is ReplyContent reply && reply.ReplyTo == promptId);

    private ConcurrentQueue<AssistantAnswer> Seen(Guid promptId) => _seen.GetOrAdd(promptId, static _ => new());

    private async Task<Conversation?> TryOpenAsync()
    {
        try
        {
            var conversation = await Person.Client.OpenDirectAsync("gpt", TestContext.Current.CancellationToken);
            var list = await Person.Account.GetAsync<DeliveryList>(Routes.ConversationDevices(conversation.Id));
            return list.Devices.Any(device => device.IsAssistant) ? conversation : null;
        }
        catch (ChatException exception) when (exception.Code == ErrorCodes.NotFound)
        {
            return null;
        }
    }
}
