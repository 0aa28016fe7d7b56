using System.Reflection;
using ChatService.Contracts;
using ChatService.Tests.AppHost;
using ChatService.Tests.Attachments;
using ChatService.Tests.Delivery;
using ChatService.Tests.Groups;
using ChatService.Tests.HubCalls;

namespace ChatService.Tests.Abuse;

/// <summary>Each size and count of the table: what is just within it goes, what is just beyond it is refused, and others are left alone.</summary>
public sealed class LimitTests(LimitTests.HeldHub held) : IClassFixture<LimitTests.HeldHub>
{
    private static readonly Dictionary<string, Func<LimitStage, Task>> s_rows =
        new([.. MessageLimits.Rows, .. ConnectionLimits.Rows, .. DeviceLimits.Rows, .. ConversationLimits.Rows, .. AttachmentLimits.Rows]);

    /// <summary>Limits that are tested where they belong.</summary>
    private static readonly Dictionary<string, string> s_elsewhere = new()
    {
        [nameof(Limits.BadCallsPerConnection)] = nameof(BadCallTests.A_few_calls_that_make_no_sense_are_answered_and_then_the_connection_ends_and_nobody_elses),
        [nameof(Limits.DevicesPerConversation)] = nameof(FullConversationTests.A_conversation_has_128_devices_and_a_member_who_registers_one_more_is_not_locked_out),
        [nameof(Limits.ConversationsKeptFree)] = nameof(FullConversationTests.Nobody_is_put_into_so_many_groups_that_none_is_left_for_what_they_do_themselves),
        [nameof(Limits.WaitingSignals)] = nameof(BoundedConnectionTests.What_the_transport_does_not_take_waits_in_order_and_typing_and_presence_are_left_out_first),
        [nameof(Limits.WaitingCalls)] = nameof(BoundedConnectionTests.When_too_much_waits_messages_are_left_out_and_the_client_is_told_to_catch_up_after_the_rest),
        [nameof(Limits.WaitingBytes)] = nameof(BoundedConnectionTests.When_too_much_waits_messages_are_left_out_and_the_client_is_told_to_catch_up_after_the_rest),
        [nameof(Limits.WaitingSeconds)] = nameof(BoundedConnectionTests.What_has_waited_too_long_is_no_longer_live),
        [nameof(Limits.StalledSeconds)] = nameof(BoundedConnectionTests.A_connection_that_takes_nothing_is_cut),
        [nameof(Limits.AttachmentUploadHours)] = nameof(AttachmentUpkeepTests.Uploads_that_were_not_completed_or_not_named_by_a_message_go_after_a_day_and_the_others_stay),
    };

    public static TheoryData<string> Rows => [.. s_rows.Keys];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task It_bites_at_its_number(string limit)
    {
        await using var alice = await Caller.CreateAsync(held.Hub);
        await using var bob = await Caller.CreateAsync(held.Hub);

        await s_rows[limit](new LimitStage(held.Stack, held.Hub, alice, bob));
    }

    [Fact]
    public void Every_limit_has_a_row()
    {
        var defined = typeof(Limits).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.Name);

        Assert.Equal(defined.Order(), s_rows.Keys.Concat(s_elsewhere.Keys).Order());
    }

    public sealed class HeldHub(AppHostFixture stack) : IAsyncLifetime
    {
        public AppHostFixture Stack => stack;

        internal InProcessHub Hub { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Hub = await InProcessHub.StartAsync(stack);

        public ValueTask DisposeAsync() => Hub.DisposeAsync();
    }
}
