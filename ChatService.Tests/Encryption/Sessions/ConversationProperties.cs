using CsCheck;

namespace ChatService.Tests.Encryption.Sessions;

public sealed class ConversationProperties
{
    [Fact]
    public async Task Any_schedule_of_sends_losses_reorderings_duplicates_crashes_and_restarts_ends_with_everyone_holding_the_same_conversation() =>
        await Gen.Select(Gen.Int[2, 5], Gen.Select(Gen.Enum<ConversationStep>(), Gen.Int[0, 1000], Gen.Int[0, 1000]).Array[10, 60])
            .SampleAsync(async (devices, schedule) =>
            {
                var conversation = await ScheduledConversation.BeginAsync(devices);
                foreach (var (step, actor, choice) in schedule)
                    await conversation.RunAsync(step, actor, choice);
                await conversation.CatchUpAsync();
                conversation.RequireEveryoneHoldsEverythingOnce();
            }, iter: 200, threads: 1, print: _ => "schedule");
}
