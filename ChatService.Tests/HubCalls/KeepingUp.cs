using System.Collections.Concurrent;
using ChatService.Contracts;
using Microsoft.AspNetCore.SignalR.Client;

namespace ChatService.Tests.HubCalls;

/// <summary>What a client of a busy conversation knows of it: what comes live, and what it catches up on when it is told to.</summary>
internal sealed class KeepingUp
{
    private readonly HubConnection _hub;
    private readonly Guid _conversation;
    private readonly ConcurrentDictionary<long, Guid> _messages = new();
    private readonly Lock _lock = new();
    private long _through;
    private Task _catchingUp = Task.CompletedTask;

    public KeepingUp(HubConnection hub, Guid conversation)
    {
        (_hub, _conversation) = (hub, conversation);
        hub.On<SealedMessage>(nameof(IChatHubClient.ReceiveMessage), Note);
        // Nobody waits for it here: on the connection nothing else would arrive meanwhile.
        hub.On<bool>(nameof(IChatHubClient.BackplaneChanged), available => { _ = CatchUpAsync(); });
        hub.Closed += _ =>
        {
            IsClosed = true;
            return Task.CompletedTask;
        };
    }

    public bool IsClosed { get; private set; }

    /// <summary>Other members' texts, in order.</summary>
    public IReadOnlyList<Guid> Messages => [.. _messages.OrderBy(entry => entry.Key).Select(entry => entry.Value)];

    /// <summary>One at a time.</summary>
    public Task CatchUpAsync()
    {
        lock (_lock)
        {
            return _catchingUp = CatchUpAfterAsync(_catchingUp);
        }
    }

    private async Task CatchUpAfterAsync(Task earlier)
    {
        await earlier;
        ConversationPosition[] positions = [new(_conversation, _through)];
        await foreach (var page in _hub.StreamAsync<CatchUpPage>(nameof(IChatHub.CatchUp), positions))
        {
            foreach (var message in page.Messages)
            {
                Note(message);
            }

            _through = page.Through ?? _through;
        }
    }

    private void Note(SealedMessage message)
    {
        if (message.ConversationId == _conversation && message.Type == MessageType.Text)
        {
            _messages[message.Sequence] = message.Id;
        }
    }
}
