using System.Runtime.CompilerServices;
using System.Text.Json;
using ChatService.Contracts;
using ChatService.Core.Errors;
using ChatService.Hub.Messages;
using ChatService.Hub.Realtime;
using Microsoft.AspNetCore.SignalR;

namespace ChatService.Hub.Assistant;

/// <summary>
/// Stores a prompt like any message, then gives its answer piece by piece, sealed as it comes. The assistant hears of the prompt
/// as every member does; nothing of the answer depends on this stream.
/// </summary>
public sealed class AnswerStreams(
    MessageSubmission submission,
    DeliveryLists lists,
    AnswerChannels channels,
    AnswerQueries queries,
    IHubContext<ChatHub, IChatHubClient> hub,
    TimeProvider time)
{
    private static readonly TimeSpan s_lookEvery = TimeSpan.FromSeconds(2);

    /// <summary>Longer than the assistant gives its model to begin.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    /// <param name="gone">The connection is gone, which is no reason to stop the assistant.</param>
    public async IAsyncEnumerable<string> AskAsync(
        ConnectedDevice asker,
        Guid conversationId,
        ReceivedEnvelope envelope,
        CancellationToken gone,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(asker);
        ArgumentNullException.ThrowIfNull(envelope);
        var promptId = envelope.MessageId;
        var assistantId = await FindAssistantAsync(asker, conversationId, envelope, cancellationToken);
        using var open = asker.OpenAnswer();
        await using var pieces = await channels.ListenAsync(promptId, asker.ConnectionId);
        var receipt = await submission.SubmitAsync(asker, conversationId, MessageType.Text, envelope, cancellationToken);
        yield return JsonSerializer.Serialize(receipt, JsonSerializerOptions.Web);

        var answer = new AIResponseReceipt(conversationId, promptId, AnswerId.For(promptId));
        try
        {
            var heardAt = time.GetTimestamp();
            for (var isFirst = true; ; isFirst = false)
            {
                if (!isFirst && await pieces.NextAsync(s_lookEvery, cancellationToken) is { } piece)
                {
                    heardAt = time.GetTimestamp();
                    yield return piece.Json;
                    if (piece.IsLast)
                    {
                        yield break;
                    }
                }
                else if (await IsStoredAsync(answer, asker, assistantId, heardAt, cancellationToken))
                {
                    yield return JsonSerializer.Serialize(answer, JsonSerializerOptions.Web);
                    yield break;
                }
            }
        }
        finally
        {
            if (cancellationToken.IsCancellationRequested && !gone.IsCancellationRequested)
            {
                await hub.Clients.Group(Audience.OfUser(assistantId)).CancelAIResponse(conversationId, promptId);
            }
        }
    }

    /// <summary>False: not yet.</summary>
    private async Task<bool> IsStoredAsync(
        AIResponseReceipt answer, ConnectedDevice asker, Guid assistantId, long heardAt, CancellationToken cancellationToken) =>
        await queries.StateAsync(answer.ConversationId, answer.MessageId, asker.UserId, assistantId, cancellationToken) switch
        {
            AnswerState.Stored => true,
            AnswerState.AskerGone => throw ChatException.NotFound("conversation"),
            AnswerState.AssistantGone => throw new ChatException(
                ErrorCodes.AssistantUnavailable, "The assistant was removed from this conversation before it had answered."),
            _ when time.GetElapsedTime(heardAt) > s_patience => throw new ChatException(
                ErrorCodes.AssistantUnavailable, "The assistant does not answer at the moment. The question is kept: the answer comes as a message when it is back."),
            _ => false,
        };

    /// <summary>The prompt must be sealed to the assistant, and there must be one.</summary>
    private async Task<Guid> FindAssistantAsync(
        ConnectedDevice asker, Guid conversationId, ReceivedEnvelope envelope, CancellationToken cancellationToken)
    {
        var list = lists.Cached(conversationId);
        if (list is null || !Array.Exists(list.Devices, device => device.IsAssistant))
        {
            list = await lists.LoadAsync(conversationId, cancellationToken);
        }

        DeliveryListDevice[] assistants = [.. DeliveryListSnapshot.RequireOn(list, asker.DeviceId).Devices.Where(device => device.IsAssistant)];
        if (assistants.Length == 0)
        {
            throw new ChatException(ErrorCodes.AssistantUnavailable, "The assistant is not a member of this conversation: its owner or an admin can add it.");
        }

        Guid[] missing = [.. assistants.Select(device => device.Id).Except(envelope.Recipients)];
        return missing.Length == 0
            ? assistants[0].UserId
            : throw new ChatException(new ChatError(ErrorCodes.DeviceListStale, "The prompt is not sealed to the assistant. Seal it again for the current list.")
            {
                MissingDevices = missing,
                SurplusDevices = [],
            });
    }
}
