using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace ChatService.Hub.Delivery;

/// <summary>
/// The backplane serializes a call anew for Redis. While this thread hands it one that has been told here already, what that
/// took is used again: see <see cref="Realtime.StrictHubProtocol"/>.
/// </summary>
internal readonly ref struct CallBeingSent
{
    [ThreadStatic]
    private static SerializedHubMessage? s_call;

    [ThreadStatic]
    private static object?[]? s_arguments;

    private readonly SerializedHubMessage? _callBefore = s_call;
    private readonly object?[]? _argumentsBefore = s_arguments;

    public CallBeingSent(SerializedHubMessage call, object?[] arguments) => (s_call, s_arguments) = (call, arguments);

    /// <summary>The call's bytes, if it is the one.</summary>
    public static bool TrySerialize(HubMessage message, IHubProtocol protocol, out ReadOnlyMemory<byte> bytes)
    {
        // The backplane makes a message of its own around the same array of arguments.
        if (s_call is { } call && message is InvocationMessage invocation && ReferenceEquals(invocation.Arguments, s_arguments))
        {
            bytes = call.GetSerializedMessage(protocol);
            return true;
        }

        bytes = default;
        return false;
    }

    public void Dispose() => (s_call, s_arguments) = (_callBefore, _argumentsBefore);
}
