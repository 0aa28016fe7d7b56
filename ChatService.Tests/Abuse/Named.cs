namespace ChatService.Tests.Abuse;

/// <summary>Who may not learn that something is there, by what it is. Ids of other things are nothing to anyone.</summary>
internal static class Named
{
    public static OutsiderCall[] Conversation(OutsiderStage stage) =>
    [
        new(stage.Stranger, stage.Group),
        new(stage.Removed, stage.Group),
        new(stage.Owner, stage.Elsewhere),
        .. stage.OtherKinds(stage.Group, stage.Elsewhere).SelectMany(id => Everyone(stage, id)),
    ];

    /// <summary>By the group's owner, who may manage its members.</summary>
    public static OutsiderCall[] Member(OutsiderStage stage) =>
        [new(stage.Owner, stage.Removed.UserId), .. stage.OtherKinds(stage.Owner.UserId).Select(id => new OutsiderCall(stage.Owner, id))];

    public static OutsiderCall[] Message(OutsiderStage stage) => [.. stage.OtherKinds(stage.Message).Select(id => new OutsiderCall(stage.Owner, id))];

    public static OutsiderCall[] Attachment(OutsiderStage stage) =>
    [
        new(stage.Stranger, stage.Attachment),
        new(stage.Removed, stage.Attachment),
        .. stage.OtherKinds(stage.Attachment).SelectMany(id => Everyone(stage, id)),
    ];

    /// <summary>Another user's device is nobody's.</summary>
    public static OutsiderCall[] Device(OutsiderStage stage) =>
    [
        new(stage.Stranger, stage.Owner.Client.DeviceId),
        new(stage.Removed, stage.Owner.Client.DeviceId),
        new(stage.Owner, stage.Stranger.Client.DeviceId),
        .. stage.OtherKinds(stage.Owner.Client.DeviceId, stage.Stranger.Client.DeviceId).SelectMany(id => Everyone(stage, id)),
    ];

    /// <summary>Users with whom the caller shares nothing.</summary>
    public static OutsiderCall[] Contact(OutsiderStage stage) =>
    [
        new(stage.Stranger, stage.Owner.UserId),
        new(stage.Removed, stage.Owner.UserId),
        new(stage.Owner, stage.Removed.UserId),
        .. stage.OtherKinds(stage.Owner.UserId, stage.Stranger.UserId).SelectMany(id => Everyone(stage, id)),
    ];

    /// <summary>That a user is there, a handle says to anyone: ids of other things are nobody.</summary>
    public static OutsiderCall[] User(OutsiderStage stage) =>
        [.. stage.OtherKinds(stage.Owner.UserId, stage.Stranger.UserId).SelectMany(id => Everyone(stage, id))];

    /// <summary>What the assistant is told where it is no member.</summary>
    public static OutsiderCall[] ByAssistant(OutsiderStage stage) => [.. stage.OtherKinds().Select(id => new OutsiderCall(stage.Assistant, id))];

    private static OutsiderCall[] Everyone(OutsiderStage stage, Guid id) => [new(stage.Stranger, id), new(stage.Removed, id), new(stage.Owner, id)];
}
