using System.Security.Cryptography;
using ChatService.Contracts;
using ChatService.Tests.Api;

namespace ChatService.Tests.Abuse;

/// <summary>Every endpoint that names something by an id of the server's.</summary>
internal static class OutsiderEndpoints
{
    /// <summary>Those that do not, or say by design whether there is something.</summary>
    public static IReadOnlyDictionary<string, string> Excused { get; } = new Dictionary<string, string>
    {
        ["GET /api/me"] = "The caller.",
        ["GET /api/me/settings"] = "The caller's.",
        ["PUT /api/me/settings"] = "The caller's.",
        ["GET /api/me/blocks"] = "The caller's.",
        ["DELETE /api/me/blocks/{userId:guid}"] = "Whom the caller has not blocked is not blocked afterwards: no answer depends on who it is.",
        ["GET /api/devices"] = "The caller's.",
        ["GET /api/conversations"] = "The caller's.",
        ["GET /api/users/{handle}"] = "An exact handle finds its user: that is how people meet.",
        ["POST /api/accounts"] = "Names nobody by an id; that a handle is taken has to be said.",
        ["POST /api/accounts/sign-in"] = nameof(Accounts.PasswordTests.A_wrong_password_and_an_unknown_handle_get_the_same_answer),
        ["DELETE /api/accounts/me"] = "The caller.",
        ["POST /api/bots"] = "The caller's.",
    };

    public static IReadOnlyList<OutsiderRow> Rows { get; } =
    [
        Rest("GET /api/conversations/{conversationId:guid}", Named.Conversation, Routes.Conversation),
        Rest("GET /api/conversations/{conversationId:guid}/devices", Named.Conversation, Routes.ConversationDevices),
        Rest("GET /api/conversations/{conversationId:guid}/messages", Named.Conversation, Routes.ConversationMessages),
        Rest("PATCH /api/conversations/{conversationId:guid}", Named.Conversation, Routes.Conversation, new UpdateConversationRequest("Mine")),
        Rest("DELETE /api/conversations/{conversationId:guid}", Named.Conversation, Routes.Conversation),
        Rest("PUT /api/conversations/{conversationId:guid}/timer", Named.Conversation, Routes.ConversationTimer, new ChangeTimerRequest(60)),
        Rest("POST /api/conversations/{conversationId:guid}/attachments", Named.Conversation, Routes.ConversationAttachments, new CreateAttachmentRequest(Guid.CreateVersion7(), Guid.CreateVersion7(), 10)),
        With("POST /api/conversations/{conversationId:guid}/attachments", Named.Conversation, (stage, id) => (Routes.ConversationAttachments(id), new CreateAttachmentRequest(stage.Attachment, stage.Message, 3))),

        // Adding the stranger, somebody who is not there, and oneself; removing the owner, and oneself, which is leaving.
        With("POST /api/conversations/{conversationId:guid}/members", Named.Conversation, (stage, id) => (Routes.ConversationMembers(id), new AddMemberRequest(stage.Stranger.UserId))),
        Rest("POST /api/conversations/{conversationId:guid}/members", Named.Conversation, Routes.ConversationMembers, new AddMemberRequest(Guid.CreateVersion7())),
        With("DELETE /api/conversations/{conversationId:guid}/members/{userId:guid}", Named.Conversation, (stage, id) => (Routes.ConversationMember(id, stage.Owner.UserId), null)),
        Rest("DELETE /api/conversations/{conversationId:guid}/members/{userId:guid}", Named.Conversation, id => Routes.ConversationMember(id, Guid.CreateVersion7())),
        new("DELETE /api/conversations/{conversationId:guid}/members/{userId:guid}", Named.Conversation, (_, caller, id) => caller.AnswerAsync(HttpMethod.Delete, Routes.ConversationMember(id, caller.UserId))),
        With("PUT /api/conversations/{conversationId:guid}/members/{userId:guid}/role", Named.Conversation, (stage, id) => (Routes.ConversationMemberRole(id, stage.Owner.UserId), new ChangeRoleRequest(ParticipantRole.Member))),
        With("PUT /api/conversations/{conversationId:guid}/members/{userId:guid}/role", Named.Conversation, (stage, id) => (Routes.ConversationMemberRole(id, stage.Stranger.UserId), new ChangeRoleRequest(ParticipantRole.Owner))),

        With("POST /api/conversations/{conversationId:guid}/members", Named.User, (stage, id) => (Routes.ConversationMembers(stage.Group), new AddMemberRequest(id)), Owners),
        With("DELETE /api/conversations/{conversationId:guid}/members/{userId:guid}", Named.Member, (stage, id) => (Routes.ConversationMember(stage.Group, id), null)),
        With("PUT /api/conversations/{conversationId:guid}/members/{userId:guid}/role", Named.Member, (stage, id) => (Routes.ConversationMemberRole(stage.Group, id), new ChangeRoleRequest(ParticipantRole.Admin))),
        With("PUT /api/conversations/{conversationId:guid}/members/{userId:guid}/role", Named.Member, (stage, id) => (Routes.ConversationMemberRole(stage.Group, id), new ChangeRoleRequest(ParticipantRole.Owner))),
        With("POST /api/conversations", Named.User, (_, id) => (Routes.Conversations, new CreateConversationRequest(Guid.CreateVersion7(), ConversationType.Direct, [id]))),
        With("POST /api/conversations", Named.User, (stage, id) => (Routes.Conversations, new CreateConversationRequest(Guid.CreateVersion7(), ConversationType.Group, [stage.Assistant.UserId, id], "Group"))),

        Rest("GET /api/attachments/{attachmentId:guid}", Named.Attachment, Routes.Attachment),
        Rest("DELETE /api/attachments/{attachmentId:guid}", Named.Attachment, Routes.Attachment),
        Rest("GET /api/attachments/{attachmentId:guid}/chunks/{index:int}", Named.Attachment, id => Routes.AttachmentChunk(id, 0)),
        new("PUT /api/attachments/{attachmentId:guid}/chunks/{index:int}", Named.Attachment, (_, caller, id) => caller.AnswerAsync(HttpMethod.Put, Routes.AttachmentChunk(id, 0), OutsiderStage.Bytes())),

        Rest("PATCH /api/devices/{deviceId:guid}", Named.Device, Routes.Device, new RenameDeviceRequest("Mine")),
        Rest("DELETE /api/devices/{deviceId:guid}", Named.Device, Routes.Device),
        Rest("GET /api/devices/{deviceId:guid}/keys", Named.Device, Routes.DeviceKeys),
        Rest("POST /api/devices/{deviceId:guid}/keys/check", Named.Device, Routes.DeviceKeyCheck, new KeyCheckRequest(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)))),
        Rest("POST /api/devices/{deviceId:guid}/keys/one-time", Named.Device, Routes.DeviceOneTimePreKeys, new AddOneTimePreKeysRequest([])),
        new("PUT /api/devices/{deviceId:guid}/keys", Named.Device, async (_, caller, id) =>
            await caller.AnswerAsync(HttpMethod.Put, Routes.DeviceKeys(id), await (await ApiDevice.CreateAsync()).RotateAsync())),
        new("PUT /api/devices/{deviceId:guid}", TakenDevice, async (_, caller, id) =>
            await caller.AnswerAsync(HttpMethod.Put, Routes.Device(id), (await ApiDevice.CreateAsync()).Registration), Makes: true),
        new("POST /api/conversations", TakenConversation, (_, caller, id) =>
            caller.AnswerAsync(HttpMethod.Post, Routes.Conversations, new CreateConversationRequest(id, ConversationType.Group, [], "Mine")), Makes: true),

        new("GET /api/users/{userId:guid}/keys", Named.Contact, (_, caller, id) => caller.AnswerAsync(HttpMethod.Get, Routes.UserKeys(id, caller.Client.DeviceId))),
        new("GET /api/users/{userId:guid}/keys", Named.Device, (_, caller, id) => caller.AnswerAsync(HttpMethod.Get, Routes.UserKeys(caller.UserId, id))),
        Rest("PUT /api/me/blocks/{userId:guid}", Named.User, Routes.Block),
    ];

    private static OutsiderCall[] Owners(OutsiderCall[] calls, OutsiderStage stage) => [.. calls.Where(call => call.Caller == stage.Owner)];

    private static OutsiderCall[] TakenConversation(OutsiderStage stage) =>
        [new(stage.Stranger, stage.Group), new(stage.Removed, stage.Group), new(stage.Owner, stage.Elsewhere)];

    /// <summary>Whose it is, and what became of it, nobody is told.</summary>
    private static OutsiderCall[] TakenDevice(OutsiderStage stage) =>
        [new(stage.Stranger, stage.Owner.Client.DeviceId), new(stage.Removed, stage.Owner.Client.DeviceId), new(stage.Owner, stage.Stranger.Client.DeviceId), new(stage.Owner, stage.Owner.Client.DeviceId)];

    private static OutsiderRow Rest(string what, Func<OutsiderStage, OutsiderCall[]> named, Func<Guid, string> path, object? body = null) =>
        With(what, named, (_, id) => (path(id), body));

    private static OutsiderRow With(
        string what,
        Func<OutsiderStage, OutsiderCall[]> named,
        Func<OutsiderStage, Guid, (string Path, object? Body)> request,
        Func<OutsiderCall[], OutsiderStage, OutsiderCall[]>? only = null) => new(
        what,
        stage => only is null ? named(stage) : only(named(stage), stage),
        (stage, caller, id) => caller.AnswerAsync(HttpMethod.Parse(what.Split(' ')[0]), request(stage, id).Path, request(stage, id).Body));
}
