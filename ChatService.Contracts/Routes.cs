namespace ChatService.Contracts;

/// <summary>Where things are. The OpenAPI document is at <c>/openapi/v1.json</c>.</summary>
public static class Routes
{
    /// <summary>The SignalR hub; connect with <c>?device=&lt;device id&gt;</c>.</summary>
    public const string Hub = "/chatHub";

    /// <summary>The query parameter of <see cref="Hub"/> that names the connecting device.</summary>
    public const string DeviceParameter = "device";

    public const string Accounts = "/api/accounts";
    public const string SignIn = "/api/accounts/sign-in";
    public const string Bots = "/api/bots";
    public const string Me = "/api/me";

    /// <summary>GET or PUT <see cref="PrivacySettings"/>.</summary>
    public const string Settings = "/api/me/settings";

    /// <summary>GET the <see cref="BlockedUser"/>s.</summary>
    public const string Blocks = "/api/me/blocks";

    /// <summary>DELETE with a <see cref="DeleteAccountRequest"/>.</summary>
    public const string OwnAccount = "/api/accounts/me";

    public const string Users = "/api/users";
    public const string Devices = "/api/devices";
    public const string Conversations = "/api/conversations";
    public const string Attachments = "/api/attachments";

    /// <summary>OpenID Connect discovery: the built-in authority's document, or a redirect to the configured authority's.</summary>
    public const string Discovery = "/.well-known/openid-configuration";

    public static string User(string handle) => $"{Users}/{Uri.EscapeDataString(handle)}";

    /// <summary>Bundles of all of a user's active devices, one one-time prekey each; <paramref name="requestingDevice"/> is the caller's. Repeat <c>&amp;target=</c> for certain devices only.</summary>
    public static string UserKeys(Guid userId, Guid requestingDevice) => $"{Users}/{userId}/keys?device={requestingDevice}";

    /// <summary>PUT blocks the user, DELETE unblocks; each may be repeated.</summary>
    public static string Block(Guid userId) => $"{Blocks}/{userId}";

    public static string Device(Guid deviceId) => $"{Devices}/{deviceId}";

    public static string DeviceKeys(Guid deviceId) => $"{Devices}/{deviceId}/keys";

    public static string DeviceKeyCheck(Guid deviceId) => $"{Devices}/{deviceId}/keys/check";

    public static string DeviceOneTimePreKeys(Guid deviceId) => $"{Devices}/{deviceId}/keys/one-time";

    public static string Conversation(Guid conversationId) => $"{Conversations}/{conversationId}";

    /// <summary>POST an <see cref="AddMemberRequest"/> here.</summary>
    public static string ConversationMembers(Guid conversationId) => $"{Conversations}/{conversationId}/members";

    /// <summary>DELETE removes a member; one's own id leaves.</summary>
    public static string ConversationMember(Guid conversationId, Guid userId) => $"{Conversations}/{conversationId}/members/{userId}";

    /// <summary>PUT a <see cref="ChangeRoleRequest"/> here.</summary>
    public static string ConversationMemberRole(Guid conversationId, Guid userId) => $"{ConversationMember(conversationId, userId)}/role";

    /// <summary>The <see cref="DeliveryList"/>; with <c>?device=</c> less that device.</summary>
    public static string ConversationDevices(Guid conversationId) => $"{Conversations}/{conversationId}/devices";

    /// <summary>Takes <c>after</c>, <c>before</c> (sequences, exclusive) and <c>limit</c> (1 to <see cref="Limits.HistoryPage"/>).</summary>
    public static string ConversationMessages(Guid conversationId) => $"{Conversations}/{conversationId}/messages";

    /// <summary>PUT a <see cref="ChangeTimerRequest"/> here.</summary>
    public static string ConversationTimer(Guid conversationId) => $"{Conversations}/{conversationId}/timer";

    /// <summary>POST a <see cref="CreateAttachmentRequest"/> here.</summary>
    public static string ConversationAttachments(Guid conversationId) => $"{Conversations}/{conversationId}/attachments";

    /// <summary>GET the <see cref="AttachmentStatus"/>; DELETE is for who uploaded it.</summary>
    public static string Attachment(Guid attachmentId) => $"{Attachments}/{attachmentId}";

    /// <summary>PUT or GET the bytes of one chunk (<c>application/octet-stream</c>). A chunk that is there already may be put again if it is the same.</summary>
    public static string AttachmentChunk(Guid attachmentId, int index) => $"{Attachments}/{attachmentId}/chunks/{index}";
}
