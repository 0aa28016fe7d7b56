using System.Text.Json;
using ChatService.Contracts;
using ChatService.Tests.AppHost;
using ChatService.Tests.HubCalls;
using Microsoft.AspNetCore.SignalR.Client;

namespace ChatService.Tests.Assistant;

/// <summary>The hub's calls for prompts and answers, on bare connections.</summary>
public sealed class AnswerCallTests(AppHostFixture stack)
{
    [Fact]
    public async Task Only_the_assistant_may_send_pieces_of_answers_and_complete_them()
    {
        await using var alice = await RawClient.ConnectAsync(stack, 1);
        await using var bob = await RawClient.ConnectAsync(stack, 2);
        var conversation = await Talk.DirectAsync(alice, bob);
        var chunk = new AIChunk(conversation, Guid.CreateVersion7(), 0, "AAAA", "AAAA", "AAAA");

        Assert.Equal(ErrorCodes.Forbidden, (await RawClient.RefusedAsync(() => alice.CallAsync(nameof(IChatHub.SendAIChunk), chunk))).Code);
        Assert.Equal(
            ErrorCodes.Forbidden,
            (await RawClient.RefusedAsync(() => alice.CallAsync(nameof(IChatHub.CompleteAIResponse), conversation, Guid.CreateVersion7()))).Code);
    }

    [Fact]
    public async Task A_prompt_of_a_stranger_one_that_is_no_envelope_and_one_that_is_not_for_the_assistant_are_refused()
    {
        await using var asker = await Asker.ConnectAsync(stack, 1);
        var direct = await asker.OpenWithAssistantAsync();
        await using var stranger = await RawClient.ConnectAsync(stack, 2);
        await using var other = await RawClient.ConnectAsync(stack, 1);
        var conversation = await Talk.DirectAsync(stranger, other);

        Assert.Equal(ErrorCodes.NotFound, await AskAsync(stranger, direct.Id, Prompt(stranger)));
        Assert.Equal(ErrorCodes.NotFound, await AskAsync(stranger, Guid.CreateVersion7(), Prompt(stranger)));
        Assert.Equal(ErrorCodes.AssistantUnavailable, await AskAsync(stranger, conversation, Prompt(stranger, other)));
        Assert.Equal(ErrorCodes.InvalidEnvelope, await AskAsync(stranger, conversation, "not JSON"));
        Assert.Equal(ErrorCodes.InvalidEnvelope, await AskAsync(stranger, conversation, "null"));
        Assert.Equal(ErrorCodes.InvalidEnvelope, await AskAsync(stranger, conversation, """{"encryptedContent":"AAAA","nonce":"AAAA"}"""));
        Assert.Equal(ErrorCodes.TooLarge, await AskAsync(stranger, conversation, new string('a', Limits.EnvelopeBase64 + 2048)));
    }

    [Fact]
    public async Task A_prompt_that_the_assistant_cannot_open_is_answered_with_a_sentence_and_the_same_prompt_again_has_the_same_answer()
    {
        await using var alice = await RawClient.ConnectAsync(stack, 1);
        await using var asker = await Asker.ConnectAsync(stack, 1);
        await asker.OpenWithAssistantAsync();
        var gpt = await alice.User.GetAsync<UserProfile>(Routes.User("gpt"));
        var details = await alice.User.CallAsync<ConversationDetails>(
            HttpMethod.Post, Routes.Conversations, new CreateConversationRequest(Guid.CreateVersion7(), ConversationType.Direct, [gpt.Id]));
        var devices = await alice.User.GetAsync<DeliveryList>($"{Routes.ConversationDevices(details.Id)}?{Routes.DeviceParameter}={alice.DeviceId}");

        Assert.Equal(ErrorCodes.DeviceListStale, await AskAsync(alice, details.Id, Prompt(alice)));
        // Not a lost session: sealing it again would be of no use, and nobody is asked to.
        var envelope = RawEnvelope.For(alice.DeviceId, devices.Devices.Select(device => device.DeviceId), isFirst: true);
        var first = await StreamAsync(alice, details.Id, Json(envelope));
        var again = await StreamAsync(alice, details.Id, Json(envelope));

        Assert.Equal(envelope.MessageId, Read<MessageReceipt>(first[0]).MessageId);
        Assert.Equal(new AIResponseReceipt(details.Id, envelope.MessageId, AnswerId.For(envelope.MessageId)), Read<AIResponseReceipt>(first[^1]));
        Assert.Equal([first[0], first[^1]], again);
        Assert.Single(await alice.CatchUpAsync(), message => message.Id == AnswerId.For(envelope.MessageId));
    }

    private static string Prompt(RawClient sender, params RawClient[] recipients) => Json(sender.EnvelopeFor(recipients));

    private static string Json(RawEnvelope envelope) =>
        JsonSerializer.Serialize(new SealedPrompt(envelope.EncryptedContent, envelope.Nonce, envelope.AuthTag), JsonSerializerOptions.Web);

    private static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, JsonSerializerOptions.Web)!;

    private static async Task<string> AskAsync(RawClient client, Guid conversationId, string prompt) =>
        (await RawClient.RefusedAsync(() => StreamAsync(client, conversationId, prompt))).Code;

    private static async Task<List<string>> StreamAsync(RawClient client, Guid conversationId, string prompt)
    {
        List<string> items = [];
        await foreach (var item in client.Hub.StreamAsync<string>(nameof(IChatHub.StreamAIResponse), conversationId, prompt, TestContext.Current.CancellationToken))
        {
            items.Add(item);
        }

        return items;
    }
}
